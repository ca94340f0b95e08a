package dev.longshore.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.HostConfig;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The image as the Dockerfile makes it, run as the chart's pod would run. */
@NeedsApiServer
@NeedsDocker
class ImageIT {
    private static final DockerClient DOCKER = LocalDocker.shared().client();
    private static TestImage built;
    private static String image;

    @BeforeAll
    static void build() throws IOException {
        built = new TestImage();
        image = built.id();
        System.out.printf("image: %d MB%n", DOCKER.inspectImageCmd(image).exec().getSize() / 1_000_000);
    }

    @AfterAll
    static void remove() {
        if (built != null) {
            built.close();
        }
    }

    @Test
    void itSaysWhatItIsAndRunsAsNobody() {
        var config = DOCKER.inspectImageCmd(image).exec().getConfig();
        assertThat(config.getUser()).isEqualTo("65532:65532");
        assertThat(config.getLabels())
                .containsEntry("org.opencontainers.image.title", "Longshore")
                .containsEntry("org.opencontainers.image.licenses", "Apache-2.0")
                .containsEntry("org.opencontainers.image.version", "1.2.3")
                .containsEntry("org.opencontainers.image.revision", "abcdef")
                .containsEntry("org.opencontainers.image.base.name", LocalBases.BASE_IMAGE);
    }

    @Test
    void theCommandsWorkWithoutAnythingToWriteTo() throws IOException {
        var readOnly = HostConfig.newHostConfig().withReadonlyRootfs(true).withNetworkMode("none");
        try (var version = new RunningImage(DOCKER.createContainerCmd(image).withHostConfig(readOnly), "--version")) {
            assertThat(version.exitCode()).isZero();
            assertThat(version.output()).startsWith("longshore ");
        }
        try (var crds = new RunningImage(DOCKER.createContainerCmd(image).withHostConfig(readOnly), "crds")) {
            assertThat(crds.exitCode()).isZero();
            assertThat(crds.output()).contains("kind: CustomResourceDefinition");
        }
    }

    @Test
    void thereIsNoShell() {
        assertThatThrownBy(
                        () -> new RunningImage(DOCKER.createContainerCmd(image).withEntrypoint("/bin/sh"), "-c", "true")
                                .close())
                .isInstanceOf(DockerException.class);
    }

    @Test
    void aJobFinishesUnderTheChartsPodAndIdentity() throws IOException {
        try (var installation = new Installation("imaged", """
                watchNamespaces: [imaged]
                hostSocket: {enabled: true, groups: [%s]}
                """.formatted(PodContainer.socketGroup()))) {
            var started = System.nanoTime();
            try (var pod = PodContainer.of(installation, image)) {
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(20))
                        .until(pod::isReady);
                System.out.printf("image: ready after %d ms%n", (System.nanoTime() - started) / 1_000_000);
                assertThat(finished("imaged").getStatus().phase())
                        .as(pod.container()::output)
                        .isEqualTo(JobPhase.COMPLETED);
                System.out.printf("image: %d MiB in use%n", pod.container().memory() / (1 << 20));
                // What the pod of helm test does.
                try (var test = PodContainer.of(installation, image, "hosts", "-n", "imaged")) {
                    assertThat(test.container().exitCode())
                            .as(test.container()::output)
                            .isZero();
                    assertThat(test.container().output()).contains("node");
                }
                assertThat(pod.container().stop()).isIn(0, 143);
            }
        }
    }

    private static ContainerJob finished(String namespace) {
        var cluster = AuditedCluster.shared();
        new Kubectl(cluster.kubeconfig()).apply("""
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: node, namespace: NS}
                spec: {endpoint: 'unix:///var/run/docker.sock'}
                ---
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: hello, namespace: NS}
                spec: {hostRef: {name: node}, template: {image: 'busybox:stable', command: ['true']}}
                """.replace("NS", namespace));
        return cluster.client()
                .resources(ContainerJob.class)
                .inNamespace(namespace)
                .withName("hello")
                .waitUntilCondition(
                        job -> job != null
                                && job.getStatus() != null
                                && job.getStatus().exitCode() != null,
                        60,
                        TimeUnit.SECONDS);
    }
}
