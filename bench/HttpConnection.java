import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** As much of HTTP/1.1 as a Docker client speaks over one connection. Used by the thread of that connection. */
final class HttpConnection {
    record Request(String method, String path, String query, byte[] body) {}

    private final SocketChannel channel;
    private final InputStream in;

    HttpConnection(SocketChannel channel) {
        this.channel = channel;
        this.in = new BufferedInputStream(Channels.newInputStream(channel));
    }

    /** The next request; null where the client has hung up. */
    Request read() throws IOException {
        var first = line();
        if (first == null) {
            return null;
        }
        var length = 0;
        var chunked = false;
        for (var header = line(); header != null && !header.isEmpty(); header = line()) {
            var name = header.toLowerCase(Locale.ROOT);
            if (name.startsWith("content-length:")) {
                length = Integer.parseInt(
                        name.substring("content-length:".length()).trim());
            }
            chunked |= name.startsWith("transfer-encoding:") && name.contains("chunked");
        }
        var parts = first.split(" ");
        var question = parts[1].indexOf('?');
        return new Request(
                parts[0],
                question < 0 ? parts[1] : parts[1].substring(0, question),
                question < 0 ? "" : parts[1].substring(question + 1),
                chunked ? chunks() : in.readNBytes(length));
    }

    void answer(int status, String type, byte[] body) throws IOException {
        var head = "HTTP/1.1 " + status + " " + (status < 300 ? "OK" : "No") + "\r\nApi-Version: 1.41\r\nContent-Type: "
                + type + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        // A status without a body may not announce one.
        write(
                (status == 204 ? head.replace("Content-Length: 0\r\n", "") : head).getBytes(StandardCharsets.US_ASCII),
                body);
    }

    void beginStream() throws IOException {
        write(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII),
                new byte[0]);
    }

    void chunk(byte[] data) throws IOException {
        var framed = new byte[0];
        var head = (Integer.toHexString(data.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        framed = new byte[head.length + data.length + 2];
        System.arraycopy(head, 0, framed, 0, head.length);
        System.arraycopy(data, 0, framed, head.length, data.length);
        framed[framed.length - 2] = '\r';
        framed[framed.length - 1] = '\n';
        write(framed, new byte[0]);
    }

    private void write(byte[] head, byte[] body) throws IOException {
        var bytes = ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private byte[] chunks() throws IOException {
        var body = new java.io.ByteArrayOutputStream();
        while (true) {
            var size = Integer.parseInt(line().trim(), 16);
            body.write(in.readNBytes(size));
            line();
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                if (line.isEmpty()) {
                    return null;
                }
                throw new EOFException();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
