package dev.longshore.docker.dockerjava;

import dev.longshore.docker.deadline.Watchdog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a daemon remembers of what has happened. */
record PastEvents(DockerQuery calls, DockerQuery streams) {
    /** That Docker remembers, of everything on it. */
    private static final int MEMORY = 256;
    /** The time of an end and that of its event may be rounded in different ways. */
    private static final Duration CLOCK_STEP = Duration.ofSeconds(1);
    /**
     * Until when events are asked for, from when the daemon said what time it is: rounded down to a second. Docker sends the past at
     * once; Podman stops reading at that time.
     */
    private static final Duration READING = Duration.ofSeconds(2);

    private static final Duration LONGEST = Duration.ofSeconds(10);

    /**
     * Whether the daemon has no event of a container's end, and would have it: it has not had so many others since that it has forgotten
     * the oldest. False where that is not known.
     */
    boolean missesEnd(String container, Instant end) {
        var filters = Map.of("type", List.of("container"), "container", List.of(container), "event", List.of("die"));
        var ends = count("filters=" + DockerQuery.filters(filters) + "&", end, 1);
        // In this order: what is not forgotten later was not before.
        return ends.filter(none -> none == 0).isPresent()
                && count("", end, MEMORY).filter(all -> all < MEMORY).isPresent();
    }

    /**
     * How many events there are since the end of a container, no more than are asked for. Nothing if the daemon does not say what time it
     * is, or does not send them in time.
     */
    private Optional<Integer> count(String filter, Instant end, int most) {
        var now = time();
        if (now.isEmpty()) {
            return Optional.empty();
        }
        var path =
                "/events?" + filter + EventStream.since(end.minus(CLOCK_STEP)).substring(1) + "&until="
                        + now.get().plus(READING).getEpochSecond();
        try (var response = streams.open(path, EventStream.LARGEST_EVENT);
                var watch = Watchdog.watch(LONGEST, response::close)) {
            // Not closed, which would read to the end of the stream.
            var events = DockerQuery.parser(response.getBody());
            var count = 0;
            while (count < most && events.nextToken() != null) {
                events.skipChildren();
                count++;
            }
            return Optional.of(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Instant> time() {
        try (var response = calls.open("/_ping", 1 << 10)) {
            return response.date();
        }
    }
}
