import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A socket between a daemon and its clients, which passes on what the daemon sends only after a delay, as a long way does: each answer
 * comes so much later, and as much at once as before. Threads: three a connection, one that passes on requests, one
 * that reads answers, and one that sends them in their time.
 */
final class Relay implements AutoCloseable {
    private static final int BYTES = 64 * 1024;

    private record Part(ByteBuffer bytes, long due) {}

    private final Path daemon;
    private final Path socket;
    private final long delayNanos;
    private final ServerSocketChannel server;

    Relay(Path daemon, Path socket, Duration delay) throws IOException {
        this.daemon = daemon;
        this.socket = socket;
        this.delayNanos = delay.toNanos();
        Files.deleteIfExists(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 256);
        Acceptor.accept(server, client -> thread(() -> connect(client)));
    }

    private static void thread(Runnable work) {
        var thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private void connect(SocketChannel client) {
        try (client;
                var server = SocketChannel.open(UnixDomainSocketAddress.of(daemon))) {
            var parts = new LinkedBlockingQueue<Part>();
            thread(() -> read(server, parts));
            thread(() -> requests(client, server));
            send(parts, client);
        } catch (IOException | InterruptedException e) {
            // One of them has hung up, and so does the other now.
            return;
        }
    }

    private static void requests(SocketChannel client, SocketChannel server) {
        var bytes = ByteBuffer.allocate(BYTES);
        try {
            while (client.read(bytes) >= 0) {
                write(bytes.flip(), server);
                bytes.clear();
            }
            server.shutdownOutput();
        } catch (IOException e) {
            // Hung up.
            return;
        }
    }

    private void read(SocketChannel server, BlockingQueue<Part> parts) {
        var bytes = ByteBuffer.allocate(BYTES);
        try {
            while (server.read(bytes) >= 0) {
                var part = ByteBuffer.allocate(bytes.flip().remaining()).put(bytes);
                parts.add(new Part(part.flip(), System.nanoTime() + delayNanos));
                bytes.clear();
            }
        } catch (IOException e) {
            // Hung up: the same as the end.
        }
        parts.add(new Part(ByteBuffer.allocate(0), System.nanoTime() + delayNanos));
    }

    private static void send(BlockingQueue<Part> parts, SocketChannel client) throws IOException, InterruptedException {
        for (var part = parts.take(); part.bytes().hasRemaining(); part = parts.take()) {
            var wait = part.due() - System.nanoTime();
            if (wait > 0) {
                java.util.concurrent.TimeUnit.NANOSECONDS.sleep(wait);
            }
            write(part.bytes(), client);
        }
    }

    private static void write(ByteBuffer bytes, SocketChannel to) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
    }
}
