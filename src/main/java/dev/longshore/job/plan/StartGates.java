package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobReason;
import dev.longshore.api.StatusFormat;
import dev.longshore.job.Blocked;
import dev.longshore.job.Failure;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.HostRefusals;
import dev.longshore.job.queue.Admission;
import dev.longshore.job.queue.Applicant;
import dev.longshore.job.queue.Candidate;
import dev.longshore.job.queue.Slots;
import dev.longshore.job.status.JobConditions;
import dev.longshore.job.status.JobTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What holds before a container is made, and once more before it is started. Each throws {@link Blocked}. */
final class StartGates {
    /** Who waits no longer than this for a slot does not say so: that would be one write more for each short job. */
    private static final Duration BRIEF = Duration.ofSeconds(1);

    private final Slots slots;
    private final HostRefusals refusals;

    StartGates(Slots slots, HostRefusals refusals) {
        this.slots = slots;
        this.refusals = refusals;
    }

    /** Those of the hosts on which the job may be tried now. */
    List<DockerHost> withoutRefusal(
            ContainerJob job, ContainerTemplateSpec effective, List<DockerHost> hosts, AttemptState state, Moment now) {
        if (hosts.stream().noneMatch(host -> refusals.refuses(HostKey.of(host)))) {
            return hosts;
        }
        var kind = HostRefusals.Kind.of(job.getMetadata().getNamespace(), effective);
        var uid = job.getMetadata().getUid();
        var good = hosts.stream()
                .filter(host -> !refusals.mayRefuse(HostKey.of(host), kind))
                .toList();
        if (state.refusals().any() && !good.isEmpty()) {
            // It spends none of its tries where it was refused before while it may wait for one of these.
            return good;
        }
        var open = hosts.stream()
                .filter(host ->
                        refusals.hold(HostKey.of(host), kind, uid, now.uptime()).isEmpty())
                .toList();
        if (open.isEmpty()) {
            var first = hosts.stream()
                    .flatMap(host -> refusals.hold(HostKey.of(host), kind, uid, now.uptime()).stream())
                    .min(Comparator.comparing(HostRefusals.Hold::left))
                    .orElseThrow();
            throw refused(effective, first);
        }
        return open;
    }

    /** Of jobs that are alike only one at a time tries a host that has refused one of them. */
    void beginTrial(ContainerJob job, ContainerTemplateSpec effective, String host, Moment now) {
        if (refusals.refuses(host)) {
            var kind = HostRefusals.Kind.of(job.getMetadata().getNamespace(), effective);
            refusals.beginTrial(host, kind, job.getMetadata().getUid(), now.uptime())
                    .ifPresent(hold -> {
                        throw refused(effective, hold);
                    });
        }
    }

    /** Why a job waits for its turn on these hosts. */
    Blocked waiting(
            ContainerJob job,
            ContainerTemplateSpec effective,
            List<DockerHost> hosts,
            AttemptState state,
            Duration waited) {
        var kind = HostRefusals.Kind.of(job.getMetadata().getNamespace(), effective);
        var refused =
                state.refusals().any() && hosts.stream().allMatch(host -> refusals.mayRefuse(HostKey.of(host), kind));
        var waiting = waiting(hosts, waited);
        return refused ? waiting.after(state.refusals().last()) : waiting;
    }

    private static Blocked refused(ContainerTemplateSpec effective, HostRefusals.Hold hold) {
        return Blocked.refused(
                hold.message() + "; it is tried again",
                new Failure(hold.reason(), hold.message(), effective),
                hold.left());
    }

    static void requireDue(ContainerJob job, Instant now) {
        if (job.getSpec().suspend()) {
            throw new Blocked(JobReason.SUSPENDED, "suspended (spec.suspend: true)");
        }
        JobTimes.startAfter(job).filter(now::isBefore).ifPresent(start -> {
            throw new Blocked(JobReason.SCHEDULED, "starts after " + StatusFormat.time(start));
        });
    }

    static void requireBackoffOver(ContainerJob job, AttemptState state, Moment now) {
        JobTimes.backoff(job, state, now).ifPresent(left -> {
            throw new Blocked(
                    JobReason.RETRY_BACKOFF,
                    JobConditions.message(job, JobConditions.RETRYING).orElse("the last attempt failed"));
        });
    }

    /** On which of these hosts the job has a slot, or is the next one to get it. */
    Admission admit(ContainerJob job, List<DockerHost> hosts, Moment now) {
        var applicant = new Applicant(JobKey.of(job), job.getSpec().priority(), JobTimes.created(job));
        // Whatever it was at has ended.
        hosts.forEach(host -> slots.pulls(HostKey.of(host), applicant.job().uid(), false));
        var candidates = hosts.stream()
                .map(host -> new Candidate(
                        HostKey.of(host),
                        host.getSpec().maxConcurrentJobs(),
                        refusals.atOnce(HostKey.of(host), job.getMetadata().getNamespace(), now.uptime())))
                .toList();
        return slots.admit(applicant, candidates, now.uptime());
    }

    static Blocked waiting(List<DockerHost> hosts, Duration waited) {
        var host = hosts.get(0);
        var message = hosts.size() > 1
                ? "waits for a slot on one of the " + hosts.size() + " DockerHosts that spec.hostSelector chooses"
                : "waits for one of the " + host.getSpec().maxConcurrentJobs() + " slots of DockerHost "
                        + HostKey.of(host);
        return new Blocked(JobReason.WAITING_FOR_SLOT, message, BRIEF.minus(waited));
    }
}
