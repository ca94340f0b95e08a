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
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
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

    /** As the endpoint of a DockerHost; whether anything answers there or not. */
    public static final String HOST = host(System.getenv("DOCKER_HOST"));

    private static final String UNIX = "unix://";
    private static final long ANSWER_SECONDS = 10;

    private final DockerClient client;
    private DaemonKind kind;

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

    private LocalDocker() {
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(HOST)
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

    /** Unset and empty are the same to Docker. */
    private static String host(String named) {
        return named == null || named.isEmpty() ? "unix:///var/run/docker.sock" : named;
    }

    private static LocalDocker find() throws IOException {
        var docker = new LocalDocker();
        var ready = new FutureTask<>(() -> {
            docker.client.pingCmd().exec();
            docker.ensureImage();
            docker.kind = DaemonKind.of(docker.client);
            return docker;
        });
        var thread = new Thread(ready, "find-docker");
        thread.setDaemon(true);
        thread.start();
        try {
            return ready.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException(HOST + " does not answer", e);
        } catch (ExecutionException e) {
            throw new IOException(HOST + ": " + e.getCause().getMessage(), e);
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
        return new Endpoint(HOST, null);
    }

    /** To mount into a container. */
    public static Path socket() {
        if (!HOST.startsWith(UNIX)) {
            throw new IllegalStateException("DOCKER_HOST=" + HOST + ": this test needs a daemon on a unix socket");
        }
        return Path.of(HOST.substring(UNIX.length()));
    }

    /** A connection, for those who pass on what others send. */
    static SocketChannel open() throws IOException {
        if (HOST.startsWith(UNIX)) {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket()));
        }
        var address = URI.create(HOST);
        return SocketChannel.open(new InetSocketAddress(address.getHost(), address.getPort()));
    }

    /** docker-java as it comes, to set up and to look with other eyes than those under test. Not to be closed. */
    public DockerClient client() {
        return client;
    }

    public DaemonKind kind() {
        return kind;
    }

    /** See {@link Capability#check}. */
    public void check(Capability capability, Runnable works, Runnable differs) {
        capability.check(kind, works, differs);
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
