package dev.longshore.job.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostState;
import dev.longshore.docker.connection.PullRequest;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.attempt.AttemptState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A job that was deleted unseen, on a host that does not answer for long. */
class MissingJobsTest {
    private static final HostKey HOST = HostKey.parse("team/local");
    private static final JobKey JOB = new JobKey("team", "job", "uid");
    private static final AttemptState RUNNING = AttemptState.NONE.observed(
            HOST,
            ContainerSnapshotBuilder.builder()
                    .id("container")
                    .name("container")
                    .state(ContainerSnapshot.State.RUNNING)
                    .labels(Map.of())
                    .build());

    private final Queue<Runnable> timers = new ArrayDeque<>();
    private final List<JobKey> forgotten = new ArrayList<>();
    private int calls;
    private boolean isReachable;

    private final MissingJobs missing =
            new MissingJobs(host -> Optional.of(new Host()), job -> RUNNING, forgotten::add, new FrontEnd());

    private final class Host implements HostAccess {
        @Override
        public HostState state() {
            return new HostState.Connecting();
        }

        @Override
        public Optional<Duration> unreached() {
            return Optional.empty();
        }

        @Override
        public long subscription() {
            return 0;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> CompletableFuture<T> call(CallKind kind, Function<DockerEngine, T> work) {
            calls++;
            return isReachable
                    ? CompletableFuture.completedFuture((T) Optional.empty())
                    : CompletableFuture.failedFuture(new DockerUnavailableException(
                            DockerUnavailableException.Cause.UNREACHABLE, "no answer", null));
        }

        @Override
        public CompletableFuture<String> pull(PullRequest request) {
            throw new UnsupportedOperationException();
        }
    }

    private final class FrontEnd implements JobFrontEnd {
        @Override
        public void enqueue(JobKey job) {}

        @Override
        public Collection<JobKey> waitingFor(HostKey host) {
            return List.of();
        }

        @Override
        public Optional<ContainerJob> job(JobKey key) {
            return Optional.empty();
        }

        @Override
        public void unwanted(HostKey host, ContainerSnapshot container) {}

        @Override
        public void later(Duration wait, Runnable task) {
            timers.add(task);
        }

        @Override
        public void loadChanged(HostKey host) {}
    }

    @Test
    void itIsTriedByOneTimerHoweverOftenItIsFoundAgain() {
        for (var n = 0; n < 100; n++) {
            missing.check(JOB);
            timers.remove().run();
            assertThat(timers).hasSize(1);
        }
        assertThat(calls).isEqualTo(101);
        isReachable = true;
        timers.remove().run();
        assertThat(forgotten).containsExactly(JOB);
        assertThat(timers).isEmpty();
    }
}
