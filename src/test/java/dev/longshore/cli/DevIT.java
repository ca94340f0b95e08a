package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code longshore dev}, as a process. */
@NeedsApiServer
@NeedsDocker
class DevIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String LISTEN = "0A";
    private static final String EXPORT = "export KUBECONFIG=";

    @TempDir
    private Path folder;

    @Test
    void runsAJobAndLeavesNothingBehind() throws IOException, InterruptedException {
        var out = folder.resolve("out");
        var builder = new ProcessBuilder(
                        Finished.java(), "-XX:TieredStopAtLevel=1", "-jar", Finished.JAR.toString(), "dev")
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("err").toFile());
        // Nothing of this goes through a proxy.
        builder.environment().putAll(Map.of("HTTPS_PROXY", "http://127.0.0.1:1", "HTTP_PROXY", "http://127.0.0.1:1"));
        var process = builder.start();
        try {
            await().atMost(SOON).until(() -> Files.readString(out).contains(EXPORT) || !process.isAlive());
            var kubeconfig = Files.readString(out)
                    .lines()
                    .filter(line -> line.startsWith(EXPORT))
                    .map(line -> Path.of(line.substring(EXPORT.length())))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("it did not start: " + text("err")));
            try (var client = client(kubeconfig)) {
                runQuickstart(client);
            }
            var children = process.descendants().toList();
            assertThat(children).hasSize(2);
            assertThat(Stream.concat(Stream.of(process.toHandle()), children.stream())
                            .flatMap(DevIT::listensOn))
                    .as("ports of etcd, of its peers, of kube-apiserver and of the operator, on loopback alone")
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allSatisfy(address -> assertThat(address).endsWith("0100007F"));
            process.destroy();
            assertThat(process.waitFor(15, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isIn(0, 143);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(kubeconfig.getParent()).doesNotExist();
            assertThat(text("err")).isEqualTo("starting the API server\n");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The addresses that a process listens on, as the kernel writes them. */
    private static Stream<String> listensOn(ProcessHandle process) {
        try (var files = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
            var sockets = files.map(DevIT::target).collect(Collectors.toSet());
            return Stream.concat(
                            Files.readAllLines(Path.of("/proc/net/tcp")).stream(),
                            Files.readAllLines(Path.of("/proc/net/tcp6")).stream())
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns[3].equals(LISTEN) && sockets.contains("socket:[" + columns[9] + "]"))
                    .map(columns -> columns[1].split(":")[0]);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    private String text(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static KubernetesClient client(Path kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    private static void runQuickstart(KubernetesClient client) throws IOException {
        try (var files = Files.list(Path.of("examples", "quickstart"))) {
            for (var file : files.toList()) {
                client.resource(Files.readString(file)).inNamespace("default").create();
            }
        }
        var job = client.resources(ContainerJob.class)
                .inNamespace("default")
                .withName("hello")
                .waitUntilCondition(
                        observed -> observed != null && observed.getStatus().phase() == JobPhase.COMPLETED,
                        SOON.toSeconds(),
                        TimeUnit.SECONDS);
        assertThat(job.getStatus().exitCode()).isZero();
    }

    @Test
    void namesWhatIsMissing() throws IOException {
        var environment = Map.of("KUBE_API_TEST_DIR", folder.toString());
        Finished.run(
                        environment,
                        Finished.java(),
                        "-Dhttps.proxyHost=127.0.0.1",
                        "-Dhttps.proxyPort=9",
                        "-jar",
                        Finished.JAR.toString(),
                        "dev")
                .assertRefused("no API server", folder.toString(), "set KUBE_API_TEST_DIR");
        Files.createDirectories(folder.resolve("k8s/1.35.4-" + platform()));
        Finished.jar(environment, "dev").assertRefused("not found", folder.toString(), "set KUBE_API_TEST_DIR");
    }

    private static String platform() {
        var architecture = System.getProperty("os.arch");
        return "linux-" + (architecture.equals("aarch64") ? "arm64" : architecture);
    }
}
