package dev.longshore.job.operation;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.LogOptionsBuilder;
import dev.longshore.api.SecretFiles;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.LogTail;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostState;
import dev.longshore.docker.connection.PullRequest;
import dev.longshore.job.CountingCluster;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.SharedState;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Logs of jobs whose Secrets are so large that not all can be masked at once. */
class LogReadingTest implements HostAccess {
    private final DockerEngine docker = (DockerEngine) Proxy.newProxyInstance(
            DockerEngine.class.getClassLoader(), new Class<?>[] {DockerEngine.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });
    private final ContainerSnapshot container = ContainerSnapshotBuilder.builder()
            .id("id")
            .state(ContainerSnapshot.State.EXITED)
            .labels(Map.of())
            .build();
    /** None is ever made ready, so that those in use stay so. */
    private final Redactors redactors = new Redactors(task -> {});

    private final SharedState shared = new SharedState(new JobKey("ns", "job", "uid"));
    private Duration uptime = Duration.ZERO;

    @Test
    void secretsThatAreNoTextAndTooLargeToMaskKeepTheLogAtOnceAndNotTheResult() {
        var values = new byte[3 << 20];
        new Random(1).nextBytes(values);
        shared.redactor(redactors.of(List.of(values)), "c");
        assertThat(logs(read()).problem())
                .startsWith("log not stored: Secret values are too large to mask (binary values count several times)");
        assertThat(logs(read()).stdout()).isEmpty();
    }

    @Test
    void aResultWaitsForOthersThatAreMaskedForHalfAMinuteInAll() {
        var others = redactors.of(List.of(new byte[4_000_000]));
        assertThat(redactors.use("other", others, CompletableFuture<Integer>::new))
                .isPresent();
        shared.redactor(redactors.of(List.of(new byte[1_000_000])), "c");
        var tries = 0;
        while (shared.state().observation().output().isEmpty()) {
            assertThat(uptime).isLessThanOrEqualTo(Duration.ofSeconds(31));
            var state = read();
            uptime = requireNonNullElse(state.timing().retryAt(), uptime);
            tries++;
        }
        assertThat(tries).isGreaterThanOrEqualTo(30);
        assertThat(logs(shared.state()).problem())
                .isEqualTo("log not stored: timed out waiting for other jobs to mask large Secrets");
    }

    private static LogTail logs(AttemptState state) {
        return state.observation().output().orElseThrow().logs();
    }

    private AttemptState read() {
        var logs = new LogFetch(this::now, (wait, task) -> {});
        var reading = new LogReading(
                new CountingCluster(),
                redactors,
                this::now,
                logs,
                new OwnContainers(job(), new HostKey("ns", "host"), "instance"),
                shared,
                this,
                engine -> state -> state.observed(new HostKey("ns", "host"), container));
        return shared.update(reading.of("id").join());
    }

    private Moment now() {
        return new Moment(Instant.EPOCH.plus(uptime), uptime);
    }

    private static ContainerJob job() {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ns")
                .withName("job")
                .withUid("uid")
                .build());
        job.setStatus(ContainerJobStatusBuilder.builder()
                .effective(ContainerTemplateSpecBuilder.builder()
                        .secretFiles(List.of(new SecretFiles("credentials", "/run/secrets")))
                        .logs(LogOptionsBuilder.builder().tailBytes(4096).build())
                        .build())
                .build());
        return job;
    }

    @Override
    public HostState state() {
        return new HostState.Ready(new EngineInfo(
                EngineInfo.Kind.DOCKER, "id", "20.10.24", "1.41", "linux", "x86_64", 2, 1L << 30, List.of(), null));
    }

    @Override
    public <T> CompletableFuture<T> call(CallKind kind, Function<DockerEngine, T> work) {
        return CompletableFuture.completedFuture(work.apply(docker));
    }

    @Override
    public CompletableFuture<String> pull(PullRequest request) {
        throw new UnsupportedOperationException();
    }
}
