package dev.longshore.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server on this machine whose connections can be cut. */
final class CuttingRelay implements Closeable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final int target;

    CuttingRelay(int target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many there have been. */
    int connections() {
        return connections.get();
    }

    /** Those there are. */
    void cut() throws IOException {
        for (var socket : open) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            var client = server.accept();
            var upstream = new Socket(InetAddress.getLoopbackAddress(), target);
            connections.incrementAndGet();
            open.add(client);
            open.add(upstream);
            start(() -> client.getInputStream().transferTo(upstream.getOutputStream()));
            start(() -> upstream.getInputStream().transferTo(client.getOutputStream()));
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        var thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One side was closed.
                        return;
                    }
                },
                "cutting-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
