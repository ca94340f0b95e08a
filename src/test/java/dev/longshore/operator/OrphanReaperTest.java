package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostState;
import dev.longshore.docker.connection.PullRequest;
import dev.longshore.job.ContainerHolds;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class OrphanReaperTest {
    private static final HostKey HOST = new HostKey("ns", "h");

    private final List<CallKind> calls = new CopyOnWriteArrayList<>();
    private final List<JobKey> requested = new CopyOnWriteArrayList<>();

    private final class Host implements HostAccess {
        @Override
        public HostState state() {
            return new HostState.Ready(
                    new EngineInfo(EngineInfo.Kind.DOCKER, "id", "1", "1.41", "linux", "amd64", 1, 1, List.of(), null));
        }

        @Override
        public <T> CompletableFuture<T> call(CallKind kind, Function<DockerEngine, T> work) {
            calls.add(kind);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<String> pull(PullRequest request) {
            throw new UnsupportedOperationException();
        }
    }

    private static ContainerSnapshot of(String job) {
        return ContainerSnapshotBuilder.builder()
                .id("container-of-" + job)
                .state(ContainerSnapshot.State.RUNNING)
                .labels(Map.of(
                        JobLabels.INSTANCE,
                        "uid/longshore",
                        JobLabels.HOST,
                        HOST.toString(),
                        JobLabels.NAMESPACE,
                        "ns",
                        JobLabels.JOB,
                        job,
                        JobLabels.JOB_UID,
                        "uid-" + job,
                        JobLabels.ATTEMPT,
                        "1"))
                .build();
    }

    @Test
    void aJobThatIsNotInTheCacheIsGoneOnlyIfTheApiServerSaysSo() {
        var there = new ContainerJob();
        try (var reaper = new OrphanReaper(
                "uid/longshore",
                Set.of(),
                job -> Optional.empty(),
                job -> {
                    requested.add(job);
                    return job.name().equals("new") ? Optional.of(there) : Optional.empty();
                },
                host -> Optional.of(new Host()),
                job -> {},
                () -> ContainerHolds.NONE)) {
            reaper.listed(HOST, List.of(of("new"), of("gone")));
            await().until(() -> !calls.isEmpty());
            assertThat(requested).extracting(JobKey::name).containsExactly("new", "gone");
            assertThat(calls).containsExactly(CallKind.REMOVE);
        }
    }
}
