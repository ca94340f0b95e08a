package dev.longshore.docker.transport;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.NameValuePair;

/** An answer whose body may still be arriving. */
public final class DockerHttpResponse implements DockerHttpClient.Response {
    private static final int LONGEST_REFUSAL = 1 << 16;

    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;
    private final RequestDeadline deadline;
    private final long limit;

    /**
     * @param deadline until when the body has to be here
     * @param limit most bytes of the body
     */
    DockerHttpResponse(HttpUriRequestBase request, ClassicHttpResponse response, RequestDeadline deadline, long limit) {
        this.request = request;
        this.response = response;
        this.deadline = deadline;
        this.limit = limit;
    }

    @Override
    public int getStatusCode() {
        return response.getCode();
    }

    public boolean isOk() {
        return response.getCode() == HttpURLConnection.HTTP_OK;
    }

    public boolean isNotFound() {
        return response.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    public boolean isConflict() {
        return response.getCode() == HttpURLConnection.HTTP_CONFLICT;
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

    @Override
    public InputStream getBody() {
        try {
            return response.getEntity() == null
                    ? InputStream.nullInputStream()
                    : new LimitedStream(deadline.over(response.getEntity().getContent()), "response", limit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
