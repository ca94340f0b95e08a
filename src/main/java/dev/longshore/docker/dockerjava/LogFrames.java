package dev.longshore.docker.dockerjava;

import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.LogEntry;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.LogStream;
import dev.longshore.docker.transport.DockerHttpResponse;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;

/**
 * Reads a log frame by frame: Docker sends one for each entry. docker-java hands out pieces of them, in which the time
 * before each entry could not be told from what the container wrote.
 */
final class LogFrames implements LogStream {
    private static final int HEADER_BYTES = 8;
    private static final int STDERR = 2;
    private static final int DAEMON = 3;
    /** Docker's own buffers are of 16 KiB, those of log drivers up to 1 MiB. */
    private static final int LONGEST_FRAME = 1 << 21;

    private static final int BUFFER = 1 << 16;

    private final DockerHttpResponse response;
    private final InputStream body;
    private final DockerErrors errors;
    private final byte[] header = new byte[HEADER_BYTES];
    private final EntryTimes times = new EntryTimes();
    private final boolean follows;

    private LogFrames(DockerHttpResponse response, boolean follows, DockerErrors errors) {
        this.response = response;
        this.follows = follows;
        this.body = new BufferedInputStream(response.getBody(), BUFFER);
        this.errors = errors;
    }

    static LogFrames open(
            DockerQuery daemon, String container, LogQuery query, EngineDialect dialect, DockerErrors errors) {
        var follows = query.follow() && dialect.followsLogs();
        return new LogFrames(daemon.open(path(container, query, follows, dialect), Long.MAX_VALUE), follows, errors);
    }

    private static String path(String container, LogQuery query, boolean follows, EngineDialect dialect) {
        var path = new StringBuilder(
                "/containers/%s/logs?stdout=1&stderr=1&timestamps=1".formatted(DockerQuery.encode(container)));
        if (follows) {
            path.append("&follow=1");
        }
        if (query.tail() != null) {
            path.append("&tail=").append(query.tail());
        }
        if (query.since() != null) {
            var since = dialect.logsSince(query.since());
            path.append("&since=%d.%09d".formatted(since.getEpochSecond(), since.getNano()));
        }
        return path.toString();
    }

    @Override
    public Instant openedAt() {
        return response.date().orElse(null);
    }

    @Override
    public boolean follows() {
        return follows;
    }

    @Override
    public LogEntry next() {
        try {
            return read();
        } catch (IOException | RuntimeException e) {
            throw errors.of(e);
        }
    }

    private LogEntry read() throws IOException {
        var read = body.readNBytes(header, 0, HEADER_BYTES);
        if (read == 0) {
            return null;
        }
        var length = read < HEADER_BYTES ? 0 : ByteBuffer.wrap(header).getInt(4);
        if (header[0] < 0 || header[0] > DAEMON || length < 0 || length > LONGEST_FRAME) {
            throw errors.garbage(200, "", null);
        }
        var frame = new byte[length];
        if (read < HEADER_BYTES || body.readNBytes(frame, 0, length) < length) {
            throw new EOFException("log ended in the middle of an entry");
        }
        if (header[0] == DAEMON) {
            throw new DockerRefusedException(new String(frame, StandardCharsets.UTF_8).strip(), null);
        }
        return entry(header[0] == STDERR, frame);
    }

    private LogEntry entry(boolean stderr, byte[] frame) {
        var end = EntryTimes.end(frame);
        try {
            var time = times.parse(frame, end);
            return new LogEntry(stderr, time, Arrays.copyOfRange(frame, Math.min(end + 1, frame.length), frame.length));
        } catch (DateTimeParseException e) {
            throw errors.garbage(200, "", e);
        }
    }

    @Override
    public void close() {
        response.close();
    }
}
