package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.SilentRegistry;
import dev.longshore.testing.TestCluster;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Jobs of one namespace whose registry never answers, and those of another on the same host. */
@NeedsDocker
class SilentRegistryIT {
    /** What nobody tells of is found this often. */
    private static final Duration MISSED = Duration.ofSeconds(50);

    private static final String MALLORY = TestCluster.shared().namespace();
    private static SilentRegistry registry;
    private static TestOperator operator;

    @BeforeAll
    static void start() throws IOException {
        registry = new SilentRegistry();
        operator = new TestOperator(MALLORY);
        operator.createHost("local", """
                endpoint: %s
                allowedNamespaces: {from: All}
                """.formatted(LocalDocker.HOST));
        operator.awaitReady("local");
    }

    @AfterAll
    static void stop() throws IOException {
        operator.close();
        registry.close();
    }

    private static void createJob(String namespace, String name, String image) {
        operator.createIn(namespace, """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: %s
                spec:
                  hostRef: {name: local, namespace: %s}
                  template:
                    image: %s/%s
                    imagePullPolicy: Always
                """.formatted(name, operator.namespace(), registry.name(), image));
    }

    private static ContainerJob mallorys(String name) {
        return operator.client()
                .resources(ContainerJob.class)
                .inNamespace(MALLORY)
                .withName(name)
                .get();
    }

    private static void change(String name, String field) {
        operator.client()
                .resources(ContainerJob.class)
                .inNamespace(MALLORY)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"%s\":true}}".formatted(field));
    }

    @Test
    void oneNamespaceKeepsNoOtherFromPullingAndWhatItNoLongerWantsIsEnded() {
        createJob(MALLORY, "cancelled", "layers/cancelled:1");
        await().until(() -> registry.isWaitedFor("layers/cancelled"));
        createJob(MALLORY, "suspended", "layers/suspended:1");
        await().until(() -> registry.isWaitedFor("layers/suspended"));
        createJob(MALLORY, "deleted", "layers/deleted:1");

        createJob(operator.namespace(), "alice", "absent:1");
        var status = operator.awaitFinished("alice").getStatus();
        assertThat(status.reason().value()).isEqualTo("ImagePullFailed");
        assertThat(status.message()).contains(registry.name() + "/absent:1");

        assertThat(registry.isWaitedFor("layers/deleted")).isFalse();
        change("cancelled", "cancel");
        await().atMost(TestOperator.SOON).until(() -> !registry.isWaitedFor("layers/cancelled"));
        assertThat(mallorys("cancelled").getStatus().reason().value()).isEqualTo("CancelRequested");

        await().atMost(TestOperator.SOON).until(() -> registry.isWaitedFor("layers/deleted"));
        change("suspended", "suspend");
        await().atMost(TestOperator.SOON).until(() -> !registry.isWaitedFor("layers/suspended"));
        await().atMost(TestOperator.SOON)
                .until(() -> mallorys("suspended").getStatus().reason().value().equals("Suspended"));

        operator.delete(mallorys("deleted"));
        await().atMost(MISSED).until(() -> !registry.isWaitedFor("layers/deleted"));
    }
}
