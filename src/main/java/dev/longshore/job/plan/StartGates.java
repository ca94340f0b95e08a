package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobReason;
import dev.longshore.api.StatusFormat;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.Blocked;
import dev.longshore.job.BlockedOr;
import dev.longshore.job.Failure;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.HostRefusals;
import dev.longshore.job.placement.HostChoice;
import dev.longshore.job.placement.HostLoads;
import dev.longshore.job.placement.HostRoom;
import dev.longshore.job.placement.RoomText;
import dev.longshore.job.queue.Admission;
import dev.longshore.job.queue.Applicant;
import dev.longshore.job.queue.Candidate;
import dev.longshore.job.queue.Demand;
import dev.longshore.job.queue.GpuRequest;
import dev.longshore.job.queue.Room;
import dev.longshore.job.queue.Slots;
import dev.longshore.job.status.JobConditions;
import dev.longshore.job.status.JobTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The conditions for creating a container, checked once more before it is started. */
public final class StartGates {
    /** Who waits no longer than this for a slot does not say so: that would be one write more for each short job. */
    private static final Duration BRIEF = Duration.ofSeconds(5);

    private final Slots slots;
    private final HostRefusals refusals;
    private final HostLoads loads;

    StartGates(Slots slots, HostRefusals refusals, HostLoads loads) {
        this.slots = slots;
        this.refusals = refusals;
        this.loads = loads;
    }

    /** Those of the hosts on which the job may be tried now. */
    BlockedOr<List<DockerHost>> withoutRefusal(
            ContainerJob job, ContainerTemplateSpec effective, List<DockerHost> hosts, AttemptState state, Moment now) {
        if (hosts.stream().noneMatch(host -> refusals.refuses(HostKey.of(host)))) {
            return BlockedOr.of(hosts);
        }
        var kind = HostRefusals.Kind.of(job.getMetadata().getNamespace(), effective);
        var uid = job.getMetadata().getUid();
        var good = hosts.stream()
                .filter(host -> !refusals.mayRefuse(HostKey.of(host), kind))
                .toList();
        if (state.refusals().any() && !good.isEmpty()) {
            // It spends none of its tries where it was refused before while it may wait for one of these.
            return BlockedOr.of(good);
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
            return BlockedOr.blocked(refused(effective, first));
        }
        return BlockedOr.of(open);
    }

    /** Of jobs that are alike only one at a time tries a host that has refused one of them. */
    Optional<Blocked> beginTrial(ContainerJob job, ContainerTemplateSpec effective, HostKey host, Moment now) {
        if (!refusals.refuses(host)) {
            return Optional.empty();
        }
        var kind = HostRefusals.Kind.of(job.getMetadata().getNamespace(), effective);
        return refusals.beginTrial(host, kind, job.getMetadata().getUid(), now.uptime())
                .map(hold -> refused(effective, hold));
    }

    /**
     * Why a job waits for its turn on these hosts.
     *
     * @param brief for so long it is not worth reporting
     */
    Blocked queued(
            ContainerJob job,
            ContainerTemplateSpec effective,
            List<DockerHost> hosts,
            AttemptState state,
            Admission admission,
            Optional<Duration> brief) {
        var kind = HostRefusals.Kind.of(job.getMetadata().getNamespace(), effective);
        var refused =
                state.refusals().any() && hosts.stream().allMatch(host -> refusals.mayRefuse(HostKey.of(host), kind));
        return refused
                ? new Blocked.Refused(state.refusals().last(), Optional.empty(), true)
                : new QueuedJob(job, hosts, admission.lacks(), demand(effective, hosts.get(0)))
                        .why(refusals.degraded(HostKey.of(hosts.get(0))).isPresent(), brief);
    }

    private static Blocked refused(ContainerTemplateSpec effective, HostRefusals.Hold hold) {
        return new Blocked.Refused(
                new Failure(hold.reason(), hold.message(), effective), Optional.of(hold.left()), false);
    }

    /** Why a job may not start yet, whatever its host is like. */
    public static Optional<Blocked> notDue(ContainerJob job, Instant now) {
        return job.getSpec().suspend()
                ? Optional.of(new Blocked.Unmet(JobReason.SUSPENDED, "suspended (spec.suspend: true)"))
                : JobTimes.startAfter(job)
                        .filter(now::isBefore)
                        .map(start -> new Blocked.Unmet(
                                JobReason.SCHEDULED,
                                "scheduled for " + StatusFormat.time(start) + " (spec.startAfter)"));
    }

    static Optional<Blocked> backingOff(ContainerJob job, AttemptState state, Moment now) {
        return JobTimes.backoff(job, state, now)
                .map(left -> new Blocked.Unmet(
                        JobReason.RETRY_BACKOFF,
                        JobConditions.message(job, JobConditions.RETRYING).orElse("the last attempt failed")));
    }

    /** On which of these hosts the job has a slot and room, or is the next one to get them. */
    Admission admit(ContainerJob job, ContainerTemplateSpec effective, List<DockerHost> hosts, Moment now) {
        return admit(applicant(job), hosts, host -> demand(effective, host), now);
    }

    /** The same for a job that is bound to its container: nobody is before it, and it needs what this container holds. */
    Admission admitBound(ContainerJob job, ContainerSnapshot container, DockerHost host, Moment now) {
        var bound = Applicant.bound(JobKey.of(job), JobTimes.created(job));
        return admit(bound, List.of(host), one -> demandOfBound(job, container, one), now);
    }

    /** By its container's label. */
    private Demand demandOfBound(ContainerJob job, ContainerSnapshot container, DockerHost host) {
        var labels = container.labels();
        var room = Room.of(labels.get(JobLabels.ROOM), JobLabels.gpusOf(labels)).orElseGet(() -> {
            var demand = demand(job.getStatus().effective(), host);
            return new Room(demand.nanoCpus(), demand.memory(), job.getStatus().gpus());
        });
        return new Demand(room.nanoCpus(), room.memory(), new GpuRequest(0, false, room.gpus()));
    }

    /** Why a container never has a turn on its host, which has something else now. */
    Optional<Blocked> withoutRoom(ContainerJob job, ContainerSnapshot container, AttemptState state, DockerHost host) {
        var mayRun = state.start()
                .mayHaveBeenStarted(HostKey.of(host), job.getStatus().containerID());
        return Optional.ofNullable(HostRoom.terms(host).capacity().gpus())
                .filter(listed -> !mayRun)
                .flatMap(listed -> withoutItsGpus(job, listed))
                .<Blocked>map(why -> new Blocked.Unmet(
                        JobReason.EXCEEDS_CAPACITY,
                        "DockerHost " + HostKey.of(host) + " " + why
                                + " (spec.allocatable.gpus); creating another container"))
                .or(() -> HostChoice.exceeds(demandOfBound(job, container, host), host));
    }

    /** A container keeps the GPUs with which it was created. */
    private static Optional<String> withoutItsGpus(ContainerJob job, List<String> listed) {
        var gpus = job.getStatus().gpus();
        if (job.getStatus().effective().gpus() != null && gpus.isEmpty()) {
            return Optional.of("lists its GPUs now");
        }
        return listed.containsAll(gpus) ? Optional.empty() : Optional.of("no longer lists GPU " + RoomText.named(gpus));
    }

    private Admission admit(
            Applicant applicant, List<DockerHost> hosts, Function<DockerHost, Demand> demand, Moment now) {
        // Whatever it was at has ended.
        hosts.forEach(host -> slots.on(HostKey.of(host)).pulls(applicant.job().uid(), false));
        var candidates = hosts.stream()
                .map(host -> new Candidate(
                        HostKey.of(host),
                        HostRoom.terms(host),
                        demand.apply(host),
                        refusals.atOnce(HostKey.of(host), applicant.job().namespace(), now.uptime())))
                .toList();
        return slots.admit(applicant, candidates, now.uptime());
    }

    /** What a job takes of a host. */
    Demand demand(ContainerTemplateSpec effective, DockerHost host) {
        return HostRoom.demand(effective, host, loads.engine(HostKey.of(host)));
    }

    /** A job as it applies for a slot. */
    public static Applicant applicant(ContainerJob job) {
        return new Applicant(JobKey.of(job), job.getSpec().priority(), JobTimes.created(job));
    }

    /** What is left of the time for which a place in the queue is not worth reporting. */
    static Optional<Duration> brief(Duration waited) {
        return Optional.of(BRIEF.minus(waited)).filter(left -> !Moment.isOver(left));
    }
}
