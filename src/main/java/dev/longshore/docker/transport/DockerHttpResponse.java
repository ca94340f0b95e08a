package dev.longshore.docker.transport;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.NameValuePair;

/** An answer whose body may still be arriving, unless it is a refusal with the status 500. */
public final class DockerHttpResponse implements DockerHttpClient.Response {
    private static final int LONGEST_REFUSAL = 1 << 16;
    /** A command or a path is quoted in some as a whole. */
    private static final int LONGEST_FAILURE = 1 << 20;

    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;
    private final RequestDeadline deadline;
    private final long limit;
    /** The body of what is no success, where it was read to find the status; else null. */
    private final byte[] failure;

    private final int status;

    /**
     * @param deadline until when the body has to be here
     * @param limit most bytes of the body
     * @throws IOException where the words of a refusal do not come
     */
    DockerHttpResponse(HttpUriRequestBase request, ClassicHttpResponse response, RequestDeadline deadline, long limit)
            throws IOException {
        this.request = request;
        this.response = response;
        this.deadline = deadline;
        this.limit = limit;
        var isFailure = response.getCode() == HttpURLConnection.HTTP_INTERNAL_ERROR;
        this.failure = isFailure ? arriving().readNBytes((int) Math.min(limit, LONGEST_FAILURE)) : null;
        this.status = isFailure ? RefusalStatus.of(failure) : response.getCode();
    }

    @Override
    public int getStatusCode() {
        return status;
    }

    public boolean isOk() {
        return status == HttpURLConnection.HTTP_OK;
    }

    public boolean isNotFound() {
        return status == HttpURLConnection.HTTP_NOT_FOUND;
    }

    public boolean isConflict() {
        return status == HttpURLConnection.HTTP_CONFLICT;
    }

    /**
     * Does nothing if the daemon has accepted the request.
     *
     * @throws DockerException with the daemon's own words otherwise, as docker-java does
     */
    public void requireOk() {
        if (isOk()) {
            return;
        }
        String message;
        try {
            message = new String(getBody().readNBytes(LONGEST_REFUSAL), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw isNotFound() ? new NotFoundException(message) : new DockerException(message, getStatusCode());
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        return Arrays.stream(response.getHeaders())
                .collect(Collectors.groupingBy(
                        NameValuePair::getName, Collectors.mapping(NameValuePair::getValue, Collectors.toList())));
    }

    /** When the daemon began to answer, by its own clock, to the second; nothing where it does not say. */
    public Optional<Instant> date() {
        try {
            return Optional.ofNullable(response.getFirstHeader("Date"))
                    .map(header -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header.getValue())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream getBody() {
        try {
            return failure == null ? arriving() : new ByteArrayInputStream(failure);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private InputStream arriving() throws IOException {
        return response.getEntity() == null
                ? InputStream.nullInputStream()
                : new LimitedStream(deadline.over(response.getEntity().getContent()), "response", limit);
    }

    /** A body that was read to its end gives its connection back; any other one ends it. */
    @Override
    public void close() {
        deadline.close();
        request.abort();
        try {
            response.close();
        } catch (IOException e) {
            // It is of no more use either way.
            return;
        }
    }
}
