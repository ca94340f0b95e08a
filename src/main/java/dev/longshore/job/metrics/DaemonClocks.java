package dev.longshore.job.metrics;

import dev.longshore.job.HostKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How far the clock of each daemon is from ours, from its events: each carries the daemon's time and is received a little
 * later. The smallest recent difference is that of the event which came the fastest, and close to the truth; those
 * that were received late, such as after a break of the stream, change nothing. Serves measuring alone and decides nothing.
 */
final class DaemonClocks {
    /** So many are remembered at least, and twice as many at most: clocks drift, and are set. */
    private static final int REMEMBERED = 50;

    /** The least of the last events, and of those before. */
    private static final class Differences {
        private Duration least;
        private Duration leastBefore;
        private int count;

        void add(Duration difference) {
            if (count == REMEMBERED) {
                leastBefore = least;
                least = null;
                count = 0;
            }
            count++;
            least = min(least, difference);
        }

        Duration least() {
            return min(leastBefore, least);
        }

        private static Duration min(Duration known, Duration other) {
            return known == null || other.compareTo(known) < 0 ? other : known;
        }
    }

    private final Map<HostKey, Differences> hosts = new HashMap<>();

    synchronized void received(HostKey host, Instant daemonTime, Instant now) {
        hosts.computeIfAbsent(host, key -> new Differences()).add(Duration.between(daemonTime, now));
    }

    /** How long ago a daemon's time was; by our clock alone where nothing was received from the daemon yet. Never negative. */
    synchronized Duration since(HostKey host, Instant daemonTime, Instant now) {
        var known = hosts.get(host);
        var difference = known == null ? Duration.ZERO : known.least();
        var since = Duration.between(daemonTime, now).minus(difference);
        return since.isNegative() ? Duration.ZERO : since;
    }
}
