package dev.longshore.testing;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Listens in the place of a daemon: each connection is served by a thread of its own and closed after that. */
final class DockerRelay implements Closeable {
    private static final int BUFFER = 8192;

    /** Serves one connection. */
    @FunctionalInterface
    interface Service {
        void serve(Socket client) throws IOException;
    }

    private final ServerSocket server;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    DockerRelay(ServerSocket server, Service service) {
        this.server = server;
        start(() -> accept(service));
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept(Service service) {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                clients.add(client);
                start(() -> serve(client, service));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client, Service service) {
        try (client) {
            service.serve(client);
        } catch (IOException e) {
            // One side went away, or never got through the handshake.
            return;
        } finally {
            clients.remove(client);
        }
    }

    /**
     * Connects a client to the tests' daemon until one of the two hangs up.
     *
     * @param first what the client has sent already
     */
    static void relay(byte[] first, Socket client) throws IOException {
        try (var docker = LocalDocker.open()) {
            docker.write(ByteBuffer.wrap(first));
            start(() -> requests(client, docker));
            responses(docker, client);
        }
    }

    /** Without the streams of {@code Channels}, whose reads keep writes out. */
    private static void requests(Socket client, SocketChannel docker) {
        var bytes = new byte[BUFFER];
        try (docker) {
            for (var read = 0; read >= 0; read = client.getInputStream().read(bytes)) {
                docker.write(ByteBuffer.wrap(bytes, 0, read));
            }
        } catch (IOException e) {
            // One of the two was closed, which ends the other direction as well.
            return;
        }
    }

    private static void responses(SocketChannel docker, Socket client) throws IOException {
        var bytes = new byte[BUFFER];
        for (var read = 0; read >= 0; read = docker.read(ByteBuffer.wrap(bytes))) {
            client.getOutputStream().write(bytes, 0, read);
        }
    }

    private static void start(Runnable work) {
        var thread = new Thread(work, "docker-relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** As when a daemon dies: hangs up on everyone. */
    @Override
    public void close() throws IOException {
        server.close();
        for (var client : clients) {
            client.close();
        }
    }
}
