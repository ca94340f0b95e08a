package dev.longshore.testing;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A Docker daemon beside the machine's, to be killed at will: its own socket, folders and network namespace. Its tests are
 * {@link NeedsRoot}.
 */
public final class SecondDaemon implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(60);

    private final Path folder;
    private final DockerClient client;
    private Process process;

    public SecondDaemon(Path folder) {
        this.folder = folder;
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(endpoint())
                .withDockerTlsVerify(false)
                .build();
        client = DockerClientImpl.getInstance(
                config,
                new ApacheDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .build());
        start();
        try {
            client.loadImageCmd(new ByteArrayInputStream(BusyboxImage.archive(LocalDocker.IMAGE)))
                    .exec();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String endpoint() {
        return "unix://" + folder.resolve("docker.sock");
    }

    public Path data() {
        return folder.resolve("data");
    }

    public DockerClient client() {
        return client;
    }

    private void start() {
        try {
            Files.deleteIfExists(folder.resolve("docker.pid"));
            process = new ProcessBuilder(
                            "unshare",
                            "--net",
                            "dockerd",
                            "--host",
                            endpoint(),
                            "--data-root",
                            folder.resolve("data").toString(),
                            "--exec-root",
                            folder.resolve("exec").toString(),
                            "--pidfile",
                            folder.resolve("docker.pid").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(READY)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> client.pingCmd().exec() == null);
    }

    /** {@code kill -9}, or SIGTERM; then it is started again. Without live-restore its containers end with it. */
    public void restart(boolean kill) {
        restart(kill, () -> {});
    }

    /** @param meanwhile done while it is not there */
    public void restart(boolean kill, Runnable meanwhile) {
        if (kill) {
            process.destroyForcibly();
            process.onExit().join();
            killContainerd();
        } else {
            stop();
        }
        meanwhile.run();
        start();
    }

    /** The kernel ends it with its parent, but not at once, and the next dockerd would take it for alive. */
    private void killContainerd() {
        var pid = folder.resolve("exec/containerd/containerd.pid");
        try {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(containerd -> {
                containerd.destroyForcibly();
                containerd.onExit().join();
            });
            Files.deleteIfExists(pid);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop() {
        process.destroy();
        process.onExit().join();
    }

    /** One that was killed has left mounts. */
    @Override
    public void close() {
        stop();
        try {
            new ProcessBuilder(
                            "sh",
                            "-c",
                            "while umount -R -l \"$0/data\" 2>/dev/null; do :; done; rm -rf --one-file-system \"$0\"",
                            folder.toString())
                    .inheritIO()
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
