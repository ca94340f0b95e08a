package dev.longshore.devcluster;

import io.fabric8.kubeapitest.Utils;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * An etcd on loopback. It has no authentication, and whoever writes to it can run containers; kube-api-test's own listens on
 * all addresses, so it is not used.
 */
final class Etcd {
    private final Process process;
    private final int port;

    private Etcd(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param folder for its data and its log */
    static Etcd start(File binary, Path folder) {
        var port = Utils.findFreePort();
        var clients = "http://127.0.0.1:" + port;
        var peers = "http://127.0.0.1:" + Utils.findFreePort();
        var command = new ProcessBuilder(
                        binary.getPath(),
                        "--data-dir",
                        folder.resolve("etcd").toString(),
                        "--unsafe-no-fsync",
                        "--listen-client-urls",
                        clients,
                        "--advertise-client-urls",
                        clients,
                        "--listen-peer-urls",
                        peers,
                        "--initial-advertise-peer-urls",
                        peers,
                        "--initial-cluster",
                        "default=" + peers)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("etcd.log").toFile());
        try {
            return new Etcd(command.start(), port);
        } catch (IOException e) {
            throw new UncheckedIOException("failed to start etcd: " + e.getMessage(), e);
        }
    }

    int port() {
        return port;
    }

    void onEnd(Runnable action) {
        var unused = process.onExit().thenRun(action);
    }

    /** Kills it: none of its data is kept. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }
}
