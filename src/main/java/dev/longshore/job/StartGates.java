package dev.longshore.job;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobReason;
import dev.longshore.api.StatusFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What holds before a container is made, and once more before it is started. Each throws {@link NotYet}. */
final class StartGates {
    /** Who waits no longer than this for a slot does not say so: that would be one write more for each short job. */
    private static final Duration BRIEF = Duration.ofSeconds(1);

    private final Slots slots;

    StartGates(Slots slots) {
        this.slots = slots;
    }

    static void requireDue(ContainerJob job, Instant now) {
        if (job.getSpec().suspend()) {
            throw new NotYet(JobReason.SUSPENDED, "suspended (spec.suspend: true)");
        }
        JobTimes.startAfter(job).filter(now::isBefore).ifPresent(start -> {
            throw new NotYet(JobReason.SCHEDULED, "starts after " + StatusFormat.time(start));
        });
    }

    static void requireBackoffOver(ContainerJob job, JobFacts facts, Moment now) {
        JobTimes.backoff(job, facts, now).ifPresent(left -> {
            throw new NotYet(
                    JobReason.RETRY_BACKOFF,
                    JobConditions.message(job, JobConditions.RETRYING).orElse("the last attempt failed"));
        });
    }

    /** On which of these hosts the job has a slot, or is the next one to get it. */
    Slots.Standing stand(ContainerJob job, List<DockerHost> hosts, Moment now) {
        var applicant = new SlotQueue.Applicant(JobKey.of(job), job.getSpec().priority(), JobTimes.created(job));
        var candidates = hosts.stream()
                .map(host ->
                        new Slots.Candidate(HostKey.of(host), host.getSpec().maxConcurrentJobs()))
                .toList();
        return slots.ask(applicant, candidates, now.uptime());
    }

    static NotYet waiting(List<DockerHost> hosts, Duration waited) {
        var host = hosts.get(0);
        var message = hosts.size() > 1
                ? "waits for a slot on one of the " + hosts.size() + " DockerHosts that spec.hostSelector chooses"
                : "waits for one of the " + host.getSpec().maxConcurrentJobs() + " slots of DockerHost "
                        + HostKey.of(host);
        return new NotYet(JobReason.WAITING_FOR_SLOT, message, BRIEF.minus(waited));
    }
}
