package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.longshore.docker.transport.DockerHttp;
import dev.longshore.docker.transport.DockerHttpResponse;
import dev.longshore.docker.transport.LimitedStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Asks a daemon for what docker-java would first hold in memory as a whole, and fail on if a field is not as it expects.
 * Here an answer is read piece by piece, and only what is wanted is kept.
 */
record DockerQuery(DockerHttp http, String apiVersion) {
    /** What is longer is cut to this before it is parsed, see {@link ShortenedStrings}: it is never an error. */
    private static final int LONGEST_STRING = 4 << 20;

    /** Names of fields come from labels, too: they are not worth remembering. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_STRING + 1)
                            .maxNameLength(2 * LONGEST_STRING)
                            .maxNestingDepth(200)
                            .build())
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .build();

    private static final long LARGEST_TREE = 1 << 20;

    /** Reads an answer. */
    @FunctionalInterface
    interface Reading<T> {
        T read(JsonParser answer) throws IOException;
    }

    /** @param most bytes of the answer */
    <T> T get(String path, long most, Reading<T> reading) {
        try (var response = open(path, most);
                var body = response.getBody();
                var answer = parser(body)) {
            answer.nextToken();
            return reading.read(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads an entry of a list, from its first token to its last. */
    @FunctionalInterface
    interface Entry {
        void read(JsonParser answer) throws IOException;
    }

    /**
     * Reads a list. As a whole, its time is limited, and not its bytes.
     *
     * @param budget of which each entry takes its part
     * @param largest bytes of an entry
     */
    void each(String path, AnswerBudget budget, long largest, Entry entry) {
        try (var response = open(path, Long.MAX_VALUE);
                var body = new LimitedStream(response.getBody(), "list entry", largest);
                var answer = parser(body)) {
            if (answer.nextToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException("no list");
            }
            while (answer.nextToken() != JsonToken.END_ARRAY) {
                // Also for one of which nothing is kept: a list must not be endless.
                budget.spend("");
                entry.read(answer);
                body.restart();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A short answer as a whole. */
    JsonNode tree(String path) {
        return get(
                path,
                LARGEST_TREE,
                answer -> answer.currentToken() == null ? JSON.missingNode() : answer.readValueAsTree());
    }

    /** For an answer that is a stream; its status is checked. To be closed by the caller. */
    DockerHttpResponse open(String path, long most) {
        return accepted(http.execute(request(path), most));
    }

    /**
     * As {@link #open(String, long)}.
     *
     * @param end ends the request, whatever it waits for, once it is completed
     */
    DockerHttpResponse open(String path, CompletableFuture<Void> end) {
        return accepted(http.execute(request(path), end));
    }

    private DockerHttpClient.Request request(String path) {
        return DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.GET)
                .path("/v" + apiVersion + path)
                .build();
    }

    private static DockerHttpResponse accepted(DockerHttpResponse response) {
        try {
            response.requireOk();
            return response;
        } catch (RuntimeException e) {
            response.close();
            throw e;
        }
    }

    static JsonParser parser(InputStream body) throws IOException {
        return JSON.createParser(new ShortenedStrings(body, LONGEST_STRING));
    }

    static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }

    /** The filter by labels, as a parameter of a query. */
    static String filters(Map<String, List<String>> filters) {
        return encode(JSON.valueToTree(filters).toString());
    }
}
