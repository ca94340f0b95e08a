package dev.longshore.docker.dockerjava;

import static org.awaitility.Awaitility.await;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSpecBuilder;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.LogRequest;
import dev.longshore.docker.Redactor;
import dev.longshore.testing.LocalDocker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The engine under test on the real daemon, and containers and images of this test's own, removed at the end. */
public final class EngineUnderTest implements AutoCloseable {
    static final Redactor NO_SECRETS = Redactor.of(List.of());
    private static final String LABEL = "longshore.dev/instance";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final DockerEngine engine;
    final String id = "engine-test-" + UUID.randomUUID();
    private final LocalDocker docker;
    private final List<String> images = new ArrayList<>();
    private int containers;

    public EngineUnderTest(LocalDocker docker) {
        this.docker = docker;
        this.engine = new DockerJavaEngineFactory().connect(docker.endpoint());
    }

    public Map<String, String> labels() {
        return Map.of(LABEL, id);
    }

    ContainerSpecBuilder spec() {
        return ContainerSpecBuilder.builder()
                .name(id + "-" + containers++)
                .image(LocalDocker.IMAGE)
                .labels(labels());
    }

    public ContainerSpecBuilder shell(String script) {
        return spec().entrypoint(List.of("sh", "-c")).command(List.of(script));
    }

    public String started(ContainerSpecBuilder spec) {
        var container = engine.create(spec.build()).id();
        engine.start(container);
        return container;
    }

    public ContainerSnapshot ended(String container) {
        return await().atMost(PATIENCE)
                .until(
                        () -> engine.inspect(container).orElseThrow(),
                        snapshot -> snapshot.state() == ContainerSnapshot.State.EXITED);
    }

    public ContainerSnapshot run(ContainerSpecBuilder spec) {
        return ended(started(spec));
    }

    /** What a container writes to stdout until it ends. */
    String output(ContainerSpecBuilder spec) {
        return engine.logs(run(spec).id(), new LogRequest(65_536, NO_SECRETS)).stdout();
    }

    String network(String name) {
        var full = id + "-" + name;
        docker.client().createNetworkCmd().withName(full).withLabels(labels()).exec();
        return full;
    }

    /** What a container consists of now, as an image for that user. */
    String image(String container, String user) {
        var image = docker.client()
                .commitCmd(container)
                .withUser(user)
                .withRepository(id)
                .withPause(false)
                .exec();
        images.add(image);
        return image;
    }

    String volume(String name) {
        var full = id + "-" + name;
        docker.client().createVolumeCmd().withName(full).withLabels(labels()).exec();
        return full;
    }

    /** On this machine, which is the daemon's. */
    static void sh(String script) throws IOException, InterruptedException {
        var ended = new ProcessBuilder("sh", "-c", script).inheritIO().start().waitFor();
        if (ended != 0) {
            throw new IllegalStateException(script + ": exit code " + ended);
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        engine.close();
        docker.removeAll(LABEL + "=" + id);
        images.forEach(
                image -> docker.client().removeImageCmd(image).withForce(true).exec());
    }
}
