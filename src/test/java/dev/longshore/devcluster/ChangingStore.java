package dev.longshore.devcluster;

import io.fabric8.kubeapitest.Utils;
import io.fabric8.kubeapitest.cert.CertManager;
import io.fabric8.kubeapitest.kubeconfig.KubeConfig;
import io.fabric8.kubeapitest.process.KubeAPIServerProcess;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/** An API server at one address, whose etcd can be wiped, and put back to an earlier state, as after a disaster. */
public final class ChangingStore implements AutoCloseable {
    private final Path folder;
    private final CertManager certificates;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final KubernetesClient client;
    private Etcd etcd;
    private KubeAPIServerProcess apiServer;
    private volatile int port;

    public ChangingStore() throws IOException {
        folder = Files.createTempDirectory("longshore-store");
        certificates = new CertManager(folder.toString());
        certificates.createCertificatesIfNeeded();
        var binaries = ApiServerBinaries.find(progress -> {});
        Files.writeString(
                kubeconfig(), new KubeConfig(certificates, binaries).generateKubeConfigYaml(listener.getLocalPort()));
        run(this::accept);
        start();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig().toFile()))
                .build();
    }

    public Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    public KubernetesClient client() {
        return client;
    }

    private void start() {
        var binaries = ApiServerBinaries.find(progress -> {});
        etcd = Etcd.start(binaries.binaries().getEtcd(), folder);
        apiServer =
                new KubeAPIServerProcess(certificates, binaries, process -> {}, ApiServerBinaries.config(folder, true));
        port = apiServer.startApiServer(etcd.port());
        apiServer.waitUntilReady();
    }

    private void stop() {
        apiServer.stopApiServer();
        etcd.kill();
    }

    /** Keeps what is there now. */
    public void save() throws IOException {
        stop();
        copy(folder.resolve("etcd"), folder.resolve("saved"));
        start();
    }

    public void restore() throws IOException {
        stop();
        Utils.deleteDirectory(folder.resolve("etcd").toFile());
        copy(folder.resolve("saved"), folder.resolve("etcd"));
        start();
    }

    public void wipe() throws IOException {
        stop();
        Utils.deleteDirectory(folder.resolve("etcd").toFile());
        start();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        to.toFile().setReadable(true);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var socket = listener.accept();
                run(() -> relay(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void relay(Socket socket) {
        try (socket;
                var upstream = new Socket(InetAddress.getLoopbackAddress(), port)) {
            run(() -> copy(socket, upstream));
            copy(upstream, socket);
        } catch (IOException e) {
            // It is away.
            return;
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // Closing both ends the other direction as well.
            return;
        }
    }

    private static void run(Runnable work) {
        var thread = new Thread(work, "store-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        client.close();
        stop();
        try {
            listener.close();
            Utils.deleteDirectory(folder.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
