package dev.longshore.simulation;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobLabels;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A container that no operator has created. */
final class ForgedContainer {
    static final Map<String, String> NOT_OURS = Map.of("someone", "else");

    private ForgedContainer() {}

    /** The daemon says that it has such a container, and the operator receives it by a new connection. */
    static void inject(World world, String host, String id, State state, Map<String, String> labels) {
        world.daemons.of(host).inject(of(id, state, labels));
        world.operators.connect(host);
        world.schedule.pass(Duration.ofSeconds(40));
    }

    private static ContainerSnapshot of(String id, State state, Map<String, String> labels) {
        return ContainerSnapshotBuilder.builder()
                .id(id)
                .name(id)
                .state(state)
                .error("")
                .exitCode(state == State.EXITED ? 0 : null)
                .startedAt(state == State.CREATED ? null : Instant.EPOCH)
                .finishedAt(state == State.EXITED ? Instant.EPOCH : null)
                .labels(labels)
                .environment(Map.of())
                .networks(List.of())
                .build();
    }

    /** The labels that the job's container would have on that host. */
    static Map<String, String> labels(ContainerJob job, String host, int attempt) {
        var labels = new HashMap<>(JobLabels.ofHost(World.INSTANCE, HostKey.parse(host)));
        labels.put(JobLabels.NAMESPACE, job.getMetadata().getNamespace());
        labels.put(JobLabels.JOB, job.getMetadata().getName());
        labels.put(JobLabels.JOB_UID, job.getMetadata().getUid());
        labels.put(JobLabels.ATTEMPT, Integer.toString(attempt));
        return labels;
    }
}
