package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.longshore.docker.ResourceSample;
import dev.longshore.docker.deadline.CallDeadline;
import dev.longshore.docker.transport.DockerHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One sample of what a container uses. docker-java cannot ask for {@code one-shot}, without which a daemon takes two
 * samples a second apart; one older than API version 1.41 does so all the same. Of the answer, which has hundreds of values,
 * only those are read that count.
 */
final class ContainerStats {
    private static final int LONGEST_ANSWER = 1 << 20;
    /** Other containers wait for their turn. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final JsonParser json;
    private final AnswerReader reader;
    private Long memory;
    private Long inactiveFile;
    private Long totalInactiveFile;
    private Long cpuNanos;
    private Long received;
    private Long sent;

    private ContainerStats(JsonParser json) {
        this.json = json;
        this.reader = new AnswerReader(json, new AnswerBudget("stats", 0));
    }

    /** Nothing where the container does not run. */
    static Optional<ResourceSample> read(DockerHttp http, String apiVersion, String container) {
        var left = CallDeadline.left(LONGEST);
        return CallDeadline.within(
                left.compareTo(LONGEST) < 0 ? left : LONGEST, () -> request(http, apiVersion, container));
    }

    private static Optional<ResourceSample> request(DockerHttp http, String apiVersion, String container) {
        var request = DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.GET)
                .path("/v" + apiVersion + "/containers/" + container + "/stats?stream=false&one-shot=true")
                .build();
        try (var response = http.execute(request, LONGEST_ANSWER)) {
            if (response.isNotFound() || response.isConflict()) {
                return Optional.empty();
            }
            response.requireOk();
            try (var body = response.getBody()) {
                return sample(body);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<ResourceSample> sample(InputStream answer) throws IOException {
        // Closed, it reads to the end, so that the connection is kept.
        try (var json = DockerQuery.parser(answer)) {
            json.nextToken();
            return new ContainerStats(json).read();
        }
    }

    private Optional<ResourceSample> read() throws IOException {
        reader.fields(name -> {
            switch (name) {
                case "memory_stats" -> memory();
                case "cpu_stats" -> cpu();
                case "networks" -> networks();
                default -> reader.skip();
            }
        });
        if (memory == null && cpuNanos == null) {
            // It has ended: everything is zero or missing.
            return Optional.empty();
        }
        return Optional.of(new ResourceSample(
                memory == null ? null : withoutCache(),
                cpuNanos == null ? null : Duration.ofNanos(cpuNanos),
                received,
                sent));
    }

    private void memory() throws IOException {
        reader.fields(name -> {
            switch (name) {
                case "usage" -> memory = used();
                case "stats" ->
                    reader.fields(stat -> {
                        switch (stat) {
                            case "inactive_file" -> inactiveFile = number();
                            case "total_inactive_file" -> totalInactiveFile = number();
                            default -> reader.skip();
                        }
                    });
                default -> reader.skip();
            }
        });
    }

    /**
     * Version 1 of cgroups counts a group with those below it as total_…, version 2 always. The max_usage of version 1 is
     * not used: it has the page cache in it, and version 2 has none.
     */
    private long withoutCache() {
        var cache = totalInactiveFile != null ? totalInactiveFile : inactiveFile != null ? inactiveFile : 0;
        return cache < memory ? memory - cache : memory;
    }

    private void cpu() throws IOException {
        reader.fields(name -> {
            if (name.equals("cpu_usage")) {
                reader.fields(part -> {
                    if (part.equals("total_usage")) {
                        cpuNanos = used();
                    } else {
                        reader.skip();
                    }
                });
            } else {
                reader.skip();
            }
        });
    }

    private void networks() throws IOException {
        reader.fields(network -> reader.fields(name -> {
            var bytes = number();
            switch (name) {
                case "rx_bytes" -> received = sum(received, bytes);
                case "tx_bytes" -> sent = sum(sent, bytes);
                default -> {}
            }
        }));
    }

    private static Long sum(Long before, Long more) {
        return (before == null ? 0 : before) + (more == null ? 0 : more);
    }

    /** Null for zero: a process has used some, so that is what a daemon says that cannot tell, or where there is none. */
    private Long used() throws IOException {
        var number = number();
        return number == null || number <= 0 ? null : number;
    }

    /** Null where this is no number, or one that is too large. */
    private Long number() throws IOException {
        var isOne = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        if (isOne) {
            return json.getLongValue();
        }
        reader.skip();
        return null;
    }
}
