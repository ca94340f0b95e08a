package dev.longshore.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to the real API server that can be taken away. One thread accepts; each connection has two, one a direction, which
 * end when either side is closed.
 */
public final class ApiServerRelay implements Closeable {
    private static final int BUFFER = 8192;

    private enum Mode {
        OPEN,
        REFUSING,
        SILENT
    }

    private final URI server;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.OPEN;

    public ApiServerRelay() throws IOException {
        server = URI.create(config().getMasterUrl());
        start(this::accept);
    }

    private static Config config() {
        return ApiServer.shared().client().getConfiguration();
    }

    /** A client that goes this way. */
    public KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config())
                        .withMasterUrl("https://127.0.0.1:" + listener.getLocalPort())
                        .build())
                .build();
    }

    /** A kubeconfig that goes this way. */
    public Path kubeconfig(Path folder) throws IOException {
        var direct = Files.readString(ApiServer.shared().kubeconfig());
        return Files.writeString(
                folder.resolve("relay.kubeconfig"),
                direct.replaceAll("(?m)server: .*$", "server: https://127.0.0.1:" + listener.getLocalPort()));
    }

    /** Every connection is closed, but not new ones. */
    public void cut() {
        connections.forEach(ApiServerRelay::close);
    }

    /** Every connection is closed, and so is each new one. */
    public void refuse() {
        mode = Mode.REFUSING;
        connections.forEach(ApiServerRelay::close);
    }

    /** New connections are accepted, and nothing is ever answered. */
    public void beSilent() {
        mode = Mode.SILENT;
    }

    public void open() {
        mode = Mode.OPEN;
        // What waits for an answer that was swallowed would wait on.
        connections.forEach(ApiServerRelay::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        if (mode == Mode.REFUSING) {
            close(client);
            return;
        }
        try (client;
                var upstream = new Socket(server.getHost(), server.getPort())) {
            connections.add(client);
            start(() -> copy(client, upstream));
            copy(upstream, client);
        } catch (IOException e) {
            // Either side hung up.
            return;
        } finally {
            connections.remove(client);
        }
    }

    private void copy(Socket from, Socket to) {
        var bytes = new byte[BUFFER];
        try (from;
                to) {
            for (var read = 0; read >= 0; read = from.getInputStream().read(bytes)) {
                if (mode == Mode.OPEN) {
                    to.getOutputStream().write(bytes, 0, read);
                }
            }
        } catch (IOException e) {
            // Closing both ends the other direction as well.
            return;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "api-server-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        connections.forEach(ApiServerRelay::close);
    }
}
