package dev.longshore.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to an HTTP server on which things go wrong. Each request has a connection of its own, and that two threads, one a
 * direction.
 */
public final class StoreRelay implements Closeable {
    private static final int BUFFER = 8192;
    private static final long SLOW_NANOS = Duration.ofMillis(1).toNanos();

    /** What goes wrong. */
    public enum Fault {
        NONE,
        /** Each connection is closed at once. */
        CLOSED,
        /** Requests are read, and there is never a response. */
        SILENT,
        /** Not even the body of a request is read. */
        STUCK,
        /** A millisecond for each 8 KiB. */
        SLOW,
        /** Every third request has a response with status 500 or 503 in turn. */
        EVERY_THIRD,
        /** The connection is lost after 1 MiB, in either direction. */
        CUT
    }

    private static final int CUT_AFTER = 1 << 20;

    private final int upstream;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    /** Negative: as many as there are. */
    private final AtomicInteger left = new AtomicInteger(-1);

    private volatile Fault fault = Fault.NONE;

    /** @param upstream the server's port */
    public StoreRelay(int upstream) throws IOException {
        this.upstream = upstream;
        start(this::accept);
    }

    public String endpoint() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** From the next request on. */
    public void fault(Fault next) {
        fault(next, -1);
    }

    /** For so many requests with at least 1 MiB, or for every one of them if negative. */
    public void fault(Fault next, int times) {
        left.set(times);
        fault = next;
    }

    public int requests() {
        return requests.get();
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
        connections.add(client);
        try (client) {
            var now = fault;
            if (now == Fault.CLOSED) {
                return;
            }
            var head = head(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            var number = requests.incrementAndGet();
            if (now == Fault.EVERY_THIRD && number % 3 == 0) {
                refuse(client, head, number % 2 == 0 ? "500 Internal Server Error" : "503 Slow Down");
            } else if (now == Fault.STUCK) {
                await(client);
            } else if (now == Fault.SILENT) {
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } else {
                relay(client, head, now);
            }
        } catch (IOException e) {
            // Either side closed the connection.
            return;
        } finally {
            connections.remove(client);
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        var ended = 0;
        for (var one = in.read(); one >= 0; one = in.read()) {
            head.write(one);
            ended = one == "\r\n\r\n".charAt(ended) ? ended + 1 : one == '\r' ? 1 : 0;
            if (ended == 4) {
                return head.toString(ISO_8859_1);
            }
        }
        return "";
    }

    private static void refuse(Socket client, String head, String status) throws IOException {
        var length = head.toLowerCase(Locale.ROOT)
                .lines()
                .filter(line -> line.startsWith("content-length:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
        client.getInputStream().skipNBytes(length);
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(ISO_8859_1));
        client.shutdownOutput();
    }

    /** Until somebody closes it. */
    private void await(Socket client) {
        while (!client.isClosed() && !listener.isClosed()) {
            LockSupport.parkNanos(SLOW_NANOS);
        }
    }

    private void relay(Socket client, String head, Fault now) throws IOException {
        try (var server = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
            connections.add(server);
            server.getOutputStream().write(closing(head).getBytes(ISO_8859_1));
            start(() -> copy(client, server, now));
            copy(server, client, now);
        }
    }

    /** So that the next request has a connection of its own. This header is in no signature. */
    private static String closing(String head) {
        return head.replaceAll("(?i)\r\nConnection: [^\r]*", "").replaceFirst("\r\n", "\r\nConnection: close\r\n");
    }

    private void copy(Socket from, Socket to, Fault now) {
        var bytes = new byte[BUFFER];
        var copied = 0;
        try {
            for (var read = from.getInputStream().read(bytes);
                    read >= 0;
                    read = from.getInputStream().read(bytes)) {
                if (now == Fault.SLOW) {
                    LockSupport.parkNanos(SLOW_NANOS);
                }
                to.getOutputStream().write(bytes, 0, read);
                copied += read;
                if (now == Fault.CUT
                        && copied > CUT_AFTER
                        && left.getAndUpdate(count -> count > 0 ? count - 1 : count) != 0) {
                    from.close();
                    to.close();
                }
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
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
        var thread = new Thread(work, "store-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        connections.forEach(StoreRelay::close);
    }
}
