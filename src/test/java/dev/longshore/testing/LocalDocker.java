package dev.longshore.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import dev.longshore.docker.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The daemon of {@code DOCKER_HOST}, else of this machine: a real one, with an image to run. */
public final class LocalDocker {
    /** Made on the spot where the daemon lacks it. */
    public static final String IMAGE = "busybox:stable";

    private static final String USUAL = "unix:///var/run/docker.sock";
    private static final long ANSWER_SECONDS = 10;

    private final String uri;
    private final DockerClient client;

    /** Looked for once; what is missing is remembered. */
    private static final class Shared {
        private static final LocalDocker DOCKER;
        private static final String MISSING;

        static {
            LocalDocker docker = null;
            String missing = null;
            try {
                docker = find();
            } catch (IOException e) {
                missing = e.getMessage();
            }
            DOCKER = docker;
            MISSING = missing;
        }
    }

    private LocalDocker(String uri) {
        this.uri = uri;
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(uri)
                .withDockerTlsVerify(false)
                .build();
        client = DockerClientImpl.getInstance(
                config,
                new ApacheDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .connectionTimeout(Duration.ofSeconds(ANSWER_SECONDS))
                        .build());
    }

    /** Why there is none; empty where there is one. */
    static Optional<String> missing() {
        return Optional.ofNullable(Shared.MISSING);
    }

    public static LocalDocker shared() {
        if (Shared.DOCKER == null) {
            throw new IllegalStateException("No Docker daemon: " + Shared.MISSING);
        }
        return Shared.DOCKER;
    }

    private static LocalDocker find() throws IOException {
        var uri = System.getenv().getOrDefault("DOCKER_HOST", USUAL);
        var docker = new LocalDocker(uri);
        var ready = new FutureTask<>(() -> {
            docker.client.pingCmd().exec();
            docker.ensureImage();
            return docker;
        });
        var thread = new Thread(ready, "find-docker");
        thread.setDaemon(true);
        thread.start();
        try {
            return ready.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(uri + " does not answer", e);
        } catch (ExecutionException e) {
            throw new IOException(uri + ": " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void ensureImage() throws IOException {
        try {
            client.inspectImageCmd(IMAGE).exec();
        } catch (NotFoundException e) {
            client.loadImageCmd(new ByteArrayInputStream(BusyboxImage.archive(IMAGE)))
                    .exec();
        }
    }

    public Endpoint endpoint() {
        return new Endpoint(uri, null);
    }

    /** docker-java as it comes, to set up and to look with other eyes than those under test. Not to be closed. */
    public DockerClient client() {
        return client;
    }

    private void removeContainer(String id) {
        try {
            client.removeContainerCmd(id)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException | ConflictException e) {
            // Gone, or going: an operator that was told to end may have asked for that.
            return;
        }
    }

    /** Removes containers, networks and volumes that have all of these labels, written {@code key=value}. */
    public void removeAll(String... labels) {
        var filter = List.of(labels);
        client.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(filter)
                .exec()
                .forEach(container -> removeContainer(container.getId()));
        client.listNetworksCmd()
                .withFilter("label", filter)
                .exec()
                .forEach(network -> client.removeNetworkCmd(network.getId()).exec());
        var volumes = client.listVolumesCmd().withFilter("label", filter).exec();
        if (volumes.getVolumes() != null) {
            volumes.getVolumes()
                    .forEach(volume -> client.removeVolumeCmd(volume.getName()).exec());
        }
    }
}
