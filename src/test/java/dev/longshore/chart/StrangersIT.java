package dev.longshore.chart;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.testing.InstalledCrds;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.OwnApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What tenants may write and daemons may answer to harm others, all of it at once, to the operator in its image and under the
 * memory limit that the chart gives it: the jobs of another tenant complete as if nothing were there.
 */
@NeedsApiServer
@NeedsDocker
class StrangersIT {
    private static final int JOBS = 20;
    private static final int LARGE_JOBS = Integer.getInteger("strangers.largeJobs", 100);
    private static final long MEMORY = 512L << 20;
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofSeconds(120);

    private final List<Socket> halfSent = new ArrayList<>();

    @Test
    @Timeout(600)
    void theJobsOfAnotherTenantCompleteAsIfNothingWereThere() throws IOException {
        try (var image = new TestImage();
                var server = new OwnApiServer();
                var sick = new SickDaemons("alice/own")) {
            server.installCrds(InstalledCrds::withoutRules);
            var alice = tenant(server, "alice");
            var mallory = tenant(server, "mallory");
            mallory.unreadable();
            server.installCrds(crd -> {});
            try (var operator = start(server, image.id())) {
                report("alone", run(alice, "alone", operator), operator);
                mallory.sparseFiles();
                attack(mallory, sick, operator.port());
                report("beside them", run(alice, "beside", operator), operator);
            }
            // Killed, and all of it is there at the start.
            try (var operator = start(server, image.id())) {
                report("after a restart", run(alice, "again", operator), operator);
            }
        } finally {
            for (var socket : halfSent) {
                socket.close();
            }
        }
    }

    private static Tenant tenant(OwnApiServer server, String namespace) {
        server.createNamespace(namespace);
        var tenant = new Tenant(server.client(), namespace);
        tenant.host("own", "unix:///var/run/docker.sock");
        return tenant;
    }

    private void attack(Tenant mallory, SickDaemons sick, int port) throws IOException {
        sick.endpoints().forEach((name, endpoint) -> {
            mallory.host(name, endpoint);
            mallory.jobOn(name, "on-" + name, "{image: 'busybox:stable', command: ['true']}");
        });
        mallory.withoutFinalizers();
        mallory.largeJobs(LARGE_JOBS, 1000);
        mallory.largeJobs(2, 840);
        mallory.manyTimesTheSameSecret();
        mallory.slashes();
        mallory.manyLinesToMask();
        mallory.longLogs();
        for (var i = 0; i < 2; i++) {
            mallory.job("never-" + i, "image: " + sick.image(i));
            halfSent.add(halfSent(port));
        }
    }

    private static Socket halfSent(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write("GET /healthz HTTP/1.1\r\n".getBytes(US_ASCII));
        return socket;
    }

    /** The image's own settings of the JVM, on this machine's network. */
    private static PodContainer start(OwnApiServer server, String image) throws IOException {
        var port = PodContainer.freePort();
        var folder = server.kubeconfig().getParent();
        var container = LocalDocker.shared()
                .client()
                .createContainerCmd(image)
                .withUser("0:0")
                .withEnv("KUBECONFIG=" + server.kubeconfig(), "LONGSHORE_HTTP_PORT=" + port)
                .withHostConfig(HostConfig.newHostConfig()
                        .withNetworkMode("host")
                        .withReadonlyRootfs(true)
                        .withTmpFs(Map.of("/tmp", ""))
                        .withMemory(MEMORY)
                        .withBinds(
                                Bind.parse(folder + ":" + folder + ":ro"),
                                Bind.parse(LocalDocker.socket() + ":/var/run/docker.sock")));
        var operator = new PodContainer(new RunningImage(container, "operator"), port);
        await().atMost(READY).pollInterval(Duration.ofMillis(50)).until(operator::isReady);
        return operator;
    }

    private static void report(String when, long millis, PodContainer operator) {
        System.out.printf(
                "strangers: %d jobs %s: %d ms, %d MiB in use%n",
                JOBS, when, millis, operator.container().memory() / (1 << 20));
    }

    /** How long they took, in milliseconds. */
    private static long run(Tenant tenant, String prefix, PodContainer operator) {
        var began = System.nanoTime();
        var names = IntStream.range(0, JOBS).mapToObj(i -> prefix + "-" + i).toList();
        names.forEach(name -> tenant.job(name, "{image: 'busybox:stable', networkMode: none, command: ['true']}"));
        await().atMost(LONGEST).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            assertThat(operator.isReady()).as(operator.container()::output).isTrue();
            assertThat(names)
                    .allSatisfy(name ->
                            assertThat(isCompleted(tenant.job(name))).as(name).isTrue());
        });
        return (System.nanoTime() - began) / 1_000_000;
    }

    private static boolean isCompleted(ContainerJob job) {
        return job.getStatus() != null && job.getStatus().phase() == JobPhase.COMPLETED;
    }
}
