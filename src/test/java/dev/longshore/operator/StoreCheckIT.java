package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.TestCluster;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watches that say nothing of what is there. */
@NeedsApiServer
class StoreCheckIT {
    /** Until all jobs were compared twice. */
    private static final int CHECKS = 80;

    private final TestCluster cluster = TestCluster.shared();
    private final String namespace = cluster.namespace();
    private final OperatorOptions options =
            new OperatorOptions(Set.of(namespace), "default", false, 0, Duration.ZERO, "test", Set.of());

    @BeforeEach
    void createJob() {
        var job = """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: unseen}
                spec: {hostRef: {name: none}, template: {image: 'busybox:stable'}}
                """;
        cluster.client()
                .load(new ByteArrayInputStream(job.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(resource -> cluster.client()
                        .resource(resource)
                        .inNamespace(namespace)
                        .create());
    }

    private Optional<ContainerJob> unseen() {
        return Optional.ofNullable(cluster.client()
                .resources(ContainerJob.class)
                .inNamespace(namespace)
                .withName("unseen")
                .get());
    }

    private Optional<String> check(StoreCheck store) {
        return Stream.generate(store::check)
                .limit(CHECKS)
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Test
    void aJobThatIsListedAndNeverSeenEndsTheProcess() {
        try (var store = new StoreCheck(cluster.client(), options, job -> Optional.empty(), () -> 0, why -> {})) {
            assertThat(check(store).orElseThrow()).startsWith("the watch of ContainerJobs missed a listed object");
        }
    }

    @Test
    void aCacheThatIsAsTheStoreIsGood() {
        var known = unseen();
        try (var store = new StoreCheck(cluster.client(), options, job -> known, () -> 0, why -> {})) {
            assertThat(check(store)).isEmpty();
        }
    }

    @Test
    void aCacheThatIsAheadOfTheStoreEndsTheProcess() {
        var known = unseen();
        try (var store = new StoreCheck(cluster.client(), options, job -> known, () -> Long.MAX_VALUE, why -> {})) {
            assertThat(check(store).orElseThrow()).startsWith("resourceVersion went back from");
        }
    }
}
