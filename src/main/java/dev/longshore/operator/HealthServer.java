package dev.longshore.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * {@code /healthz}: the process answers. {@code /readyz}: it works. {@code /metrics}: for Prometheus. Whoever reaches the port
 * may leave requests unfinished and answers unread: each connection has some seconds for either, and where all threads are
 * taken, the one that has had its own for longest is closed for the next.
 *
 * <p>Threads: one reads requests as they come and gives each to a thread of {@code requests}, which answers probes itself and
 * hands scrapes to {@code scrapes}, where they wait for each other alone.
 */
final class HealthServer implements AutoCloseable {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    /** In a list of codings that are accepted, and not with {@code q=0}. */
    private static final Pattern GZIP = Pattern.compile(
            "(?:^|,)\\h*gzip\\h*(?=,|$|;(?!\\h*q=0(?:\\.0{1,3})?\\h*(?:,|$)))", Pattern.CASE_INSENSITIVE);

    private static final List<String> METHODS = List.of("GET", "HEAD");
    private static final int SCRAPES = 2;
    private static final int SCRAPES_WAITING = 8;
    private static final int BUSY = 503;
    /** A request and its answer are small: their threads need little. */
    private static final int STACK = 256 * 1024;

    static {
        // Read once by the JDK's server, in seconds and in milliseconds.
        setDefault("sun.net.httpserver.maxReqTime", "5");
        setDefault("sun.net.httpserver.maxRspTime", "10");
        setDefault("sun.net.httpserver.timerMillis", "1000");
        setDefault("sun.net.httpserver.maxReqHeaders", "50");
    }

    private final HttpServer server;
    private final ThreadPoolExecutor requests = new Requests();
    private final ThreadPoolExecutor scrapes = new ThreadPoolExecutor(
            SCRAPES,
            SCRAPES,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(SCRAPES_WAITING),
            task -> thread(task, "metrics"));

    /** @throws UncheckedIOException if the port cannot be had */
    HealthServer(InetSocketAddress address, BooleanSupplier ready, Supplier<String> metrics) {
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "failed to listen on port " + address.getPort() + ": " + e.getMessage()
                            + "; choose another with --http-port",
                    e);
        }
        scrapes.allowCoreThreadTimeOut(true);
        serve("/healthz", exchange -> answer(exchange, true));
        serve("/readyz", exchange -> answer(exchange, ready.getAsBoolean()));
        serve("/metrics", exchange -> scrape(exchange, metrics));
        server.setExecutor(requests);
        server.start();
    }

    private void serve(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            if (!exchange.getRequestURI().getPath().equals(path)) {
                answer(exchange, HttpURLConnection.HTTP_NOT_FOUND, "text/plain", bytes("not found\n"));
            } else if (!METHODS.contains(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", String.join(", ", METHODS));
                answer(exchange, HttpURLConnection.HTTP_BAD_METHOD, "text/plain", bytes("method not allowed\n"));
            } else {
                handler.handle(exchange);
            }
        });
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    static Thread thread(Runnable task, String name) {
        var thread = new Thread(null, task, name, STACK);
        thread.setDaemon(true);
        return thread;
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void scrape(HttpExchange exchange, Supplier<String> metrics) throws IOException {
        try {
            scrapes.execute(() -> {
                try {
                    exchange.getResponseHeaders().set("Vary", "Accept-Encoding");
                    answer(exchange, 200, PROMETHEUS, zipped(exchange, metrics.get()));
                } catch (IOException e) {
                    // Whoever asked has gone, or did not read the answer.
                    exchange.close();
                }
            });
        } catch (RejectedExecutionException e) {
            answer(exchange, BUSY, "text/plain", bytes("too many concurrent scrapes\n"));
        }
    }

    /** As whoever asked wants it. */
    private static byte[] zipped(HttpExchange exchange, String text) throws IOException {
        var plain = bytes(text);
        var accepted = exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of());
        if (accepted.stream().noneMatch(codings -> GZIP.matcher(codings).find())) {
            return plain;
        }
        var body = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(body)) {
            gzip.write(plain);
        }
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        return body.toByteArray();
    }

    private static void answer(HttpExchange exchange, boolean good) throws IOException {
        answer(exchange, good ? 200 : 503, "text/plain", bytes(good ? "ok\n" : "not ready\n"));
    }

    private static void answer(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(code, -1);
            } else {
                exchange.sendResponseHeaders(code, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        requests.shutdownNow();
        scrapes.shutdownNow();
    }

    /** Threads of which none is held by a request that does not end while another needs it. */
    private static final class Requests extends ThreadPoolExecutor {
        private static final int MOST = 64;
        private static final int PATIENCE_MILLIS = 200;

        /** The oldest first. */
        private final Set<Thread> busy = Collections.synchronizedSet(new LinkedHashSet<>());

        Requests() {
            super(0, MOST, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), task -> thread(task, "http"));
            setRejectedExecutionHandler((task, pool) -> displace(task));
        }

        @Override
        protected void beforeExecute(Thread thread, Runnable task) {
            busy.add(thread);
        }

        @Override
        protected void afterExecute(Runnable task, Throwable failure) {
            busy.remove(Thread.currentThread());
            Thread.interrupted();
        }

        /** A thread that waits for a request, or for its answer to be read, closes the connection when it is interrupted. */
        private void displace(Runnable task) {
            synchronized (busy) {
                busy.stream().findFirst().ifPresent(oldest -> {
                    oldest.interrupt();
                    busy.remove(oldest);
                });
            }
            try {
                if (isShutdown() || !getQueue().offer(task, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new RejectedExecutionException("all threads are busy");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RejectedExecutionException(e);
            }
        }
    }
}
