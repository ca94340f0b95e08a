package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Tells progress from repetition in the messages of a pull: some daemons repeat the state of each layer every 100 ms, changed
 * or not. Remembers of each layer a number, not the text.
 */
final class PullProgress {
    /** Docker allows 127. Messages on more than that count as progress. */
    private static final int MOST_LAYERS = 1_000;

    private static final Set<String> HERE =
            Set.of("Verifying Checksum", "Download complete", "Extracting", "Pull complete", "Already exists");
    private static final Set<String> TO_COME = Set.of("Pulling fs layer", "Waiting", "Downloading");

    private final Map<Integer, Layer> layers = new HashMap<>();

    private enum Location {
        UNKNOWN,
        REGISTRY,
        DAEMON
    }

    private record Layer(int said, Location location) {}

    /** Whether that message is not a repetition. */
    boolean isNew(JsonNode item) {
        var status = item.path("status").asText();
        var id = item.path("id").asText().hashCode();
        var said = Objects.hash(status, item.path("progressDetail"), item.path("progress"));
        var before = layers.get(id);
        if (before == null && layers.size() >= MOST_LAYERS) {
            return true;
        }
        if (before != null && before.said() == said) {
            return false;
        }
        layers.put(id, new Layer(said, location(status, before)));
        return true;
    }

    private static Location location(String status, Layer before) {
        if (HERE.contains(status)) {
            return Location.DAEMON;
        }
        if (TO_COME.contains(status) || status.startsWith("Retrying in")) {
            return Location.REGISTRY;
        }
        return before == null ? Location.UNKNOWN : before.location();
    }

    /** Whether all that is left is work of the daemon's own, in which some say nothing of how far they are. */
    boolean isDownloaded() {
        var locations = layers.values().stream().map(Layer::location).toList();
        return locations.contains(Location.DAEMON) && !locations.contains(Location.REGISTRY);
    }
}
