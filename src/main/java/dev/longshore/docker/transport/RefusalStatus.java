package dev.longshore.docker.transport;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;

/**
 * The HTTP status of a refusal, as Docker has it. Podman refuses with 500 what Docker refuses with a status of its own, which says
 * whose fault it is, and adds the cause in fixed words. Docker sends none.
 */
final class RefusalStatus {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, Integer> BY_CAUSE = Map.ofEntries(
            Map.entry("that name is already in use", HttpURLConnection.HTTP_CONFLICT),
            Map.entry("container state improper", HttpURLConnection.HTTP_CONFLICT),
            Map.entry("no such container", HttpURLConnection.HTTP_NOT_FOUND),
            Map.entry("network not found", HttpURLConnection.HTTP_NOT_FOUND),
            Map.entry("this container is not logging output", HttpURLConnection.HTTP_NOT_IMPLEMENTED),
            Map.entry("unknown capability", HttpURLConnection.HTTP_BAD_REQUEST),
            Map.entry("no matching entries in passwd file", HttpURLConnection.HTTP_BAD_REQUEST),
            Map.entry("uids and gids must be in range 0-2147483647", HttpURLConnection.HTTP_BAD_REQUEST),
            Map.entry(
                    "OCI runtime attempted to invoke a command that was not found",
                    HttpURLConnection.HTTP_BAD_REQUEST));

    /** Causes that are as well those of a host on which nothing starts, and the words of those that a job is to blame for. */
    private static final Map<String, List<String>> AMBIGUOUS = Map.of(
            "invalid argument", List.of("invalid log driver"),
            "OCI permission denied", List.of("is not a regular file", "open executable"));

    /** Before what Podman cannot make of a request, such as a signal, a size or a mount that is none. */
    private static final String REQUEST = "fill out specgen: ";

    private RefusalStatus() {}

    /** @param body of an answer with the status 500 */
    static int of(byte[] body) {
        try {
            var refusal = JSON.readTree(body);
            var cause = refusal.path("cause").asText();
            var message = refusal.path("message").asText();
            if (!cause.isEmpty() && message.startsWith(REQUEST)
                    || AMBIGUOUS.getOrDefault(cause, List.of()).stream().anyMatch(message::contains)) {
                return HttpURLConnection.HTTP_BAD_REQUEST;
            }
            return BY_CAUSE.getOrDefault(cause, HttpURLConnection.HTTP_INTERNAL_ERROR);
        } catch (IOException e) {
            // No JSON: whoever reads the answer finds its words.
            return HttpURLConnection.HTTP_INTERNAL_ERROR;
        }
    }
}
