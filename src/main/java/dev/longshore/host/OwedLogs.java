package dev.longshore.host;

import dev.longshore.api.DockerHost;
import dev.longshore.api.EventSink;
import dev.longshore.api.StatusFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Logs of containers on a host that are still to be archived. They delay its deletion, but not for ever.
 *
 * @param owed whether there are any
 * @param longest after the deletion was requested
 * @param gone receives a host that nobody connects to any more
 */
public record OwedLogs(Predicate<DockerHost> owed, Duration longest, Consumer<DockerHost> gone, EventSink events) {
    /** Whether a host that is being deleted has to stay for now; what is lost if it does not is said. */
    boolean delay(DockerHost host) {
        if (!owed.test(host)) {
            return false;
        }
        var until = Instant.parse(host.getMetadata().getDeletionTimestamp()).plus(longest);
        if (Instant.now().isBefore(until)) {
            return true;
        }
        events.record(
                host,
                EventSink.Type.WARNING,
                "LogArchiveFailed",
                "logs of exited containers lost: the DockerHost was deleted, and they were not archived within "
                        + StatusFormat.duration(longest) + " (--release-after)");
        return false;
    }

    /** Nobody connects to the host any more. */
    void left(DockerHost host) {
        gone.accept(host);
    }
}
