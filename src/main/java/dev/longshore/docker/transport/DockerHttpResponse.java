package dev.longshore.docker.transport;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.NameValuePair;

/** An answer whose body may still be arriving. */
public final class DockerHttpResponse implements DockerHttpClient.Response {
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
