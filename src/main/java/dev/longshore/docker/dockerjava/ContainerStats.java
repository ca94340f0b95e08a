package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.ResourceSample;
import dev.longshore.docker.transport.DockerHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One sample of what a container uses. docker-java cannot ask for {@code one-shot}, without which a daemon takes two
 * samples a second apart; one older than API version 1.41 does so all the same.
 */
final class ContainerStats {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_ANSWER = 1 << 20;

    private ContainerStats() {}

    /** Nothing where the container does not run. */
    static Optional<ResourceSample> read(DockerHttp http, String apiVersion, String container) {
        var request = DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.GET)
                .path("/v" + apiVersion + "/containers/" + container + "/stats?stream=false&one-shot=true")
                .build();
        try (var response = http.execute(request);
                var stream = response.getBody()) {
            if (response.isNotFound() || response.isConflict()) {
                return Optional.empty();
            }
            var answer = JSON.readTree(stream.readNBytes(LONGEST_ANSWER));
            if (!response.isOk()) {
                throw new DockerRefusedException(
                        response.getStatusCode(), answer.path("message").asText("no sample"), null);
            }
            return sample(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<ResourceSample> sample(JsonNode answer) {
        var usage = answer.path("memory_stats").path("usage");
        var cpu = answer.path("cpu_stats").path("cpu_usage").path("total_usage");
        if (!usage.isNumber() || cpu.asLong() == 0) {
            // It has ended: everything is zero or missing.
            return Optional.empty();
        }
        return Optional.of(new ResourceSample(
                withoutCache(usage.asLong(), answer.path("memory_stats").path("stats")),
                Duration.ofNanos(cpu.asLong()),
                sum(answer.path("networks"), "rx_bytes"),
                sum(answer.path("networks"), "tx_bytes")));
    }

    /**
     * Version 1 of cgroups counts a group with those below it as total_…, version 2 always. The max_usage of version 1 is
     * not used: it has the page cache in it, and version 2 has none.
     */
    private static long withoutCache(long usage, JsonNode stats) {
        var first = stats.path("total_inactive_file");
        var cache =
                first.isNumber() ? first.asLong() : stats.path("inactive_file").asLong();
        return cache < usage ? usage - cache : usage;
    }

    private static Long sum(JsonNode networks, String field) {
        if (networks.isEmpty()) {
            return null;
        }
        var sum = 0L;
        for (var network : networks) {
            sum += network.path(field).asLong();
        }
        return sum;
    }
}
