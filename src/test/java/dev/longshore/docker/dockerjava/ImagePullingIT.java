package dev.longshore.docker.dockerjava;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.ImagePull;
import dev.longshore.testing.Capability;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import dev.longshore.testing.SilentRegistry;
import dev.longshore.testing.StandInDaemon;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Pulls that do not end by themselves. */
@OnEachDaemon
class ImagePullingIT {
    private static final Duration SHORT = Duration.ofMillis(700);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int LINES = 12;

    private static DockerEngine engine(Endpoint endpoint, Duration registry) {
        return new DockerJavaEngineFactory(new ImagePulling.Patience(registry, LONG), LogReader.Bounds.USUAL)
                .connect(endpoint);
    }

    private static ImagePull image(String reference) {
        return new ImagePull(reference, null, null);
    }

    @Test
    @Shows(Capability.PULL)
    void aRegistryThatSaysNothingIsGivenUpInWordsThatNameIt(LocalDocker docker) throws IOException {
        try (var registry = new SilentRegistry();
                var engine = engine(docker.endpoint(), SHORT)) {
            assertThatThrownBy(() -> engine.pull(image(registry.name() + "/silent/app:1"), new CompletableFuture<>()))
                    .isInstanceOf(DockerRefusedException.class)
                    .hasMessageContaining("registry " + registry.name() + " has sent nothing for")
                    .hasMessageContaining("check the registry");
            engine.ping();
        }
    }

    @Test
    @Shows(Capability.PULL_CANCELED)
    void theDaemonEndsAPullThatNobodyWantsAnyMore(LocalDocker docker) throws Exception {
        try (var registry = new SilentRegistry();
                var engine = engine(docker.endpoint(), LONG)) {
            var unwanted = new CompletableFuture<Void>();
            var pull = CompletableFuture.supplyAsync(
                    () -> engine.pull(image(registry.name() + "/layers/app:1"), unwanted));
            await().until(() -> registry.isWaitedFor("layers/app"));
            unwanted.complete(null);
            await().until(() -> !registry.isWaitedFor("layers/app"));
            assertThatThrownBy(() -> pull.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        }
    }

    /** A daemon whose pull says a line every 100 ms, and then is done. */
    private static StandInDaemon pulling(IntFunction<String> line) throws IOException {
        var version = StandInDaemon.version("1.41", "1.12");
        var image = StandInDaemon.answers("200 OK", "application/json", "{\"Id\":\"sha256:1\"}");
        return new StandInDaemon((head, client) -> {
            if (head.contains("/images/create")) {
                say(client, line);
            } else if (head.contains("/json")) {
                image.to(head, client);
            } else {
                version.to(head, client);
            }
        });
    }

    private static void say(Socket client, IntFunction<String> line) throws IOException {
        var out = client.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
        for (var number = 0; number < LINES; number++) {
            out.write((line.apply(number) + "\r\n").getBytes(UTF_8));
            out.flush();
            pause();
        }
    }

    /** Of a slow line: nothing here waits for it. */
    private static void pause() {
        try {
            assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String downloading(int bytes) {
        return "{\"id\":\"layer\",\"status\":\"Downloading\",\"progressDetail\":{\"current\":%d,\"total\":1000000}}"
                .formatted(bytes);
    }

    @Test
    void aPullThatGoesOnHoweverSlowlyIsNotEnded() throws IOException {
        try (var daemon = pulling(ImagePullingIT::downloading);
                var engine = engine(new Endpoint(daemon.endpoint(), null), SHORT)) {
            assertThat(engine.pull(image("registry.example/app:1"), new CompletableFuture<>()))
                    .isEqualTo("sha256:1");
        }
    }

    @Test
    void sayingTheSameAgainAndAgainIsNoProgress() throws IOException {
        try (var daemon = pulling(number -> downloading(7));
                var engine = engine(new Endpoint(daemon.endpoint(), null), SHORT)) {
            assertThatThrownBy(() -> engine.pull(image("registry.example/app:1"), new CompletableFuture<>()))
                    .isInstanceOf(DockerRefusedException.class)
                    .hasMessageContaining("registry registry.example has sent nothing");
        }
    }

    @Test
    void aDaemonThatUnpacksHasMoreTime() throws IOException {
        try (var daemon = pulling(number -> "{\"id\":\"layer\",\"status\":\"Extracting\"}");
                var engine = engine(new Endpoint(daemon.endpoint(), null), SHORT)) {
            assertThat(engine.pull(image("registry.example/app:1"), new CompletableFuture<>()))
                    .isEqualTo("sha256:1");
        }
    }

    @Test
    void whatIsNoProgressAtAllNeitherBreaksAPullNorKeepsItUp() throws IOException {
        try (var daemon = pulling(number -> number == 3 ? "{\"id\":".repeat(50_000) : "x".repeat(200_000));
                var engine = engine(new Endpoint(daemon.endpoint(), null), SHORT)) {
            assertThatThrownBy(() -> engine.pull(image("registry.example/app:1"), new CompletableFuture<>()))
                    .isInstanceOf(DockerRefusedException.class);
        }
    }
}
