package dev.longshore.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A registry in which there is no image called {@code absent}, of whose images called {@code layers/…} only a byte comes
 * now and then, too little for a daemon to tell of it, and of all others nothing.
 */
public final class SilentRegistry implements AutoCloseable {
    private static final int TLS_HELLO = 0x16;
    private static final String JSON = "application/json";
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String CONFIG = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},"
            + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"sha256:" + "a".repeat(64) + "\"]}}";
    private static final String NO_IMAGE =
            "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}";

    private final DockerRelay relay;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** What is waited for now, such as {@code silent/app}. */
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();

    public SilentRegistry() throws IOException {
        relay = new DockerRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), this::serve);
    }

    public String name() {
        return "127.0.0.1:" + relay.port();
    }

    /** Whether a daemon waits for an image now. */
    public boolean isWaitedFor(String image) {
        return waiting.contains(image);
    }

    private void serve(Socket client) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = client.getInputStream().read();
            if (next < 0) {
                return;
            }
            if (next == TLS_HELLO) {
                refuseTls(client);
                return;
            }
            head.append((char) next);
        }
        var path = head.toString().split(" ")[1];
        var image = path.replaceFirst("^/v2/(.*)/(manifests|blobs)/.*", "$1");
        if (path.contains("/absent/manifests/")) {
            answer(client, "404 Not Found", JSON, NO_IMAGE);
        } else if (path.contains("/layers/") && path.contains("/manifests/")) {
            answer(client, "200 OK", MANIFEST, manifest(image));
        } else if (path.endsWith(digest(image))) {
            client.getOutputStream().write(head("200 OK", "application/octet-stream", 1 << 20));
            keep(image, () -> trickle(client));
        } else if (path.contains("/manifests/")) {
            keep(image, () -> client.getInputStream().transferTo(OutputStream.nullOutputStream()));
        } else {
            answer(client, "200 OK", JSON, path.contains("/blobs/") ? CONFIG : "{}");
        }
    }

    /** As a server without TLS does: a daemon goes on without it on loopback, some only if they receive HTTP in answer. */
    private static void refuseTls(Socket client) throws IOException {
        answer(client, "400 Bad Request", "text/plain", "");
        client.shutdownOutput();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    /** Each has a layer of its own: a daemon gets one that two have only once. */
    private static String manifest(String image) {
        return """
                {"schemaVersion": 2, "mediaType": "%s",
                 "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": %d, "digest": "%s"},
                 "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", "size": %d, "digest": "%s"}]}
                """.formatted(MANIFEST, CONFIG.length(), digest(CONFIG), 1 << 20, digest(image));
    }

    private static String digest(String content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    private interface Answer {
        void give() throws IOException;
    }

    private void keep(String image, Answer answer) throws IOException {
        waiting.add(image);
        try {
            answer.give();
        } finally {
            waiting.remove(image);
        }
    }

    /** Until the daemon hangs up, which it does no sooner than it receives something. */
    private void trickle(Socket client) throws IOException {
        try {
            do {
                client.getOutputStream().write(0);
            } while (!closed.await(200, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(Socket client, String status, String type, String body) throws IOException {
        client.getOutputStream().write(head(status, type, body.length()));
        client.getOutputStream().write(body.getBytes(ISO_8859_1));
    }

    private static byte[] head(String status, String type, int length) {
        return ("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + length
                        + "\r\nDocker-Distribution-Api-Version: registry/2.0\r\nConnection: close\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        relay.close();
    }
}
