package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.HostReference;
import dev.longshore.api.HostSelector;
import dev.longshore.api.JobAttemptBuilder;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.job.CountingCluster;
import dev.longshore.job.Failure;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.HostRefusals;
import dev.longshore.job.attempt.InFlight;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.Prepared;
import dev.longshore.job.attempt.StateStore;
import dev.longshore.job.attempt.StopCause;
import dev.longshore.job.attempt.Stopping;
import dev.longshore.job.placement.HostLoads;
import dev.longshore.job.placement.HostRoom;
import dev.longshore.job.queue.Applicant;
import dev.longshore.job.queue.Candidate;
import dev.longshore.job.queue.Demand;
import dev.longshore.job.queue.Room;
import dev.longshore.job.queue.Slots;
import dev.longshore.job.retention.LogState;
import dev.longshore.job.retention.RetainedContainers;
import dev.longshore.job.retention.Retention;
import dev.longshore.job.status.ArchivedLogs;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A job of namespace team, what is known of its container, and its host: what the words of a row say, and what follows. */
final class Situation implements HostLoads {
    static final Moment NOW = new Moment(Instant.parse("2026-01-01T12:00:00Z"), Duration.ofHours(1));
    static final String CONTAINER = "c1";
    static final Failure REFUSAL = new Failure(JobReason.START_FAILED, "no space left on device", null);

    private static final Map<String, String> LABELS = Map.of("kind", "builder");
    private static final Duration RELEASE_AFTER = Duration.ofMinutes(10);

    final ObjectMetaBuilder metadata = new ObjectMetaBuilder()
            .withNamespace("team")
            .withName("job")
            .withUid("uid")
            .withGeneration(1L)
            .withCreationTimestamp(NOW.time().minusSeconds(120).toString());
    final ContainerJobSpecBuilder spec = ContainerJobSpecBuilder.builder();
    final ContainerTemplateSpecBuilder template =
            ContainerTemplateSpecBuilder.builder().image("busybox");
    final ContainerJobStatusBuilder status = ContainerJobStatusBuilder.builder();
    final ContainerSnapshotBuilder container =
            ContainerSnapshotBuilder.builder().id(CONTAINER).name("longshore-uid-1");
    final DockerHostSpecBuilder hostSpec =
            DockerHostSpecBuilder.builder().endpoint("tcp://h:2376").maxConcurrentJobs(1);
    final ObjectMetaBuilder hostMetadata = new ObjectMetaBuilder().withName("h").withLabels(LABELS);

    AttemptState state = AttemptState.NONE;
    String hostNamespace = "team";
    String unreachable;
    String degraded;
    boolean isThere = true;
    boolean connecting;
    boolean selects;
    boolean isDeleted;
    Duration unreached;
    /** When the host has refused a job like this one. */
    Moment refused;

    final CountingCluster cluster = new CountingCluster();
    private final Slots slots = new Slots(job -> {}, host -> {}, (wait, task) -> {}, NOW::uptime);
    private final HostRefusals refusals = new HostRefusals((host, wait) -> {}, host -> {}, host -> {});

    static Moment before(long seconds) {
        return new Moment(NOW.time().minusSeconds(seconds), NOW.uptime().minusSeconds(seconds));
    }

    HostKey host() {
        return new HostKey(hostNamespace, "h");
    }

    ContainerSnapshot snapshot(ContainerSnapshot.State now) {
        return container
                .state(now)
                .labels(Map.of(
                        JobLabels.INSTANCE, "i",
                        JobLabels.HOST, host().toString(),
                        JobLabels.NAMESPACE, "team",
                        JobLabels.JOB, "job",
                        JobLabels.JOB_UID, "uid",
                        JobLabels.ATTEMPT, "1"))
                .build();
    }

    void observed(ContainerSnapshot.State now) {
        state = state.observed(host(), snapshot(now));
    }

    void prepared(HostKey where, String inputs) {
        var preCreated = new Prepared(
                snapshot(ContainerSnapshot.State.CREATED),
                where,
                template.build(),
                null,
                null,
                inputs,
                NOW.uptime().minusSeconds(60));
        state = state.withPrepared(preCreated).observed(where, preCreated.container());
    }

    void inFlight(boolean pulling) {
        state = state.withInFlight(new InFlight(Operation.Kind.PREPARE, host(), pulling));
    }

    void refused(int times, long seconds) {
        for (var time = 0; time < times; time++) {
            state = state.refusedOnce(REFUSAL, before(seconds));
        }
    }

    void stopping(StopCause cause, long seconds, boolean killed) {
        state = state.withStopping(new Stopping(cause, before(seconds).uptime(), killed));
    }

    /** The daemon's events of the container reach this process, from its creation on. */
    void received(String... actions) {
        var store = new StateStore(
                slots, job -> Optional.empty(), (host, container) -> Room.NONE, job -> {}, () -> NOW, "i");
        var labels = snapshot(ContainerSnapshot.State.CREATED).labels();
        var shared = store.of(new JobKey("team", "job", "uid"));
        shared.update(known -> state.withInFlight(new InFlight(Operation.Kind.PREPARE, host(), false)));
        Stream.of(actions)
                .forEach(action -> store.changed(host(), new ContainerEvent(CONTAINER, action, NOW.time(), labels), 1));
        state = shared.state().withInFlight(null).withObservation(state.observation());
    }

    /** Others run on the host, or wait for it ahead of this job. */
    void taken() {
        slots.reserve(host(), new JobKey("team", "running", "running"), Room.NONE);
    }

    void queue(String uid, int priority, Duration since) {
        var applicant =
                new Applicant(new JobKey("team", uid, uid), priority, NOW.time().minusSeconds(120));
        slots.admit(
                applicant,
                List.of(new Candidate(host(), HostRoom.terms(resource()), Demand.NONE, Integer.MAX_VALUE)),
                since);
    }

    private final RetainedContainers retained = new RetainedContainers(NOW::uptime);
    Retention retention = Retention.NONE;

    /** Its container has ended, and this is how far its log is. */
    void retain(LogState log) {
        var ended = state.container().orElseThrow();
        status.exitCode(ended.exitCode())
                .attempts(List.of(JobAttemptBuilder.builder()
                        .attempt(1)
                        .exitCode(ended.exitCode())
                        .build()));
        retained.add(new JobKey("team", "job", "uid"), host(), ended, log, Duration.ZERO);
    }

    /** And the status has it. */
    void retainReported(LogState.Stored log) {
        retain(log);
        var reported = ArchivedLogs.with(status.build(), retained.of("uid").get(0));
        status.logs(reported.logs()).attempts(reported.attempts());
    }

    /** Its daemon has as many as are retained, all of them made up. */
    void retainOthers() {
        for (var number = 0; retained.takes("uid", host(), "other-" + number); number++) {
            var other = ContainerSnapshotBuilder.builder().id("other-" + number).build();
            retained.add(new JobKey("team", "other", "uid"), host(), other, new LogState.NotOwed(), Duration.ZERO);
        }
    }

    JobPlan plan() {
        var job = job();
        if (isThere) {
            cluster.hosts.add(resource());
        }
        if (refused != null) {
            refusals.refused(host(), HostRefusals.Kind.of("team", template.build()), REFUSAL, refused.uptime());
        }
        return isDeleted
                ? new JobCleanup(this, retained).plan(job, state, NOW, RELEASE_AFTER)
                : new JobPlanner(cluster, this, slots, refusals, retention, retained, one -> {}, one -> {}, "i")
                        .plan(job, state, NOW);
    }

    private ContainerJob job() {
        var job = new ContainerJob();
        job.setMetadata(metadata.build());
        spec.template(spec.templateRef() == null ? template.build() : null);
        job.setSpec(
                selects
                        ? spec.hostSelector(new HostSelector(LABELS, null, null))
                                .build()
                        : spec.hostRef(new HostReference("h", hostNamespace)).build());
        job.setStatus(status.phase() == null ? null : status.build());
        return job;
    }

    private DockerHost resource() {
        var host = new DockerHost();
        host.setMetadata(hostMetadata.withNamespace(hostNamespace).build());
        host.setSpec(hostSpec.build());
        return host;
    }

    @Override
    public Optional<String> unreachable(HostKey host) {
        return Optional.ofNullable(unreachable);
    }

    @Override
    public boolean connecting(HostKey host) {
        return connecting;
    }

    @Override
    public Optional<Duration> unreached(HostKey host) {
        return Optional.ofNullable(unreached);
    }

    @Override
    public Optional<String> degraded(HostKey host) {
        return Optional.ofNullable(degraded);
    }
}
