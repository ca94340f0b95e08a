package dev.longshore.local;

import dev.longshore.docker.connection.HostState;
import dev.longshore.job.HostKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long a run waits for daemons: not at all for one that was never reachable, for a while for one that is lost, since
 * its containers continue to run. Used by the thread of the run alone.
 */
final class HostPatience {
    /** @param since by the uptime of this process */
    private record Outage(Duration since, String why) {}

    private final Map<HostKey, Outage> outages = new HashMap<>();
    private final Set<HostKey> ready = new HashSet<>();
    private Duration longest;
    private Duration now = Duration.ZERO;

    HostPatience(Duration longest) {
        this.longest = longest;
    }

    /** Takes note of a host's state; returns whether it was unreachable and is ready again. */
    boolean saw(HostKey host, HostState state, Duration uptime) {
        now = uptime;
        if (state instanceof HostState.Down down) {
            var since = outages.containsKey(host) ? outages.get(host).since() : uptime;
            outages.put(host, new Outage(since, down.message()));
            return false;
        }
        if (state.isReady()) {
            ready.add(host);
            return outages.remove(host) != null;
        }
        return false;
    }

    /** From now on no outage is waited for longer than this. */
    void shorten(Duration most) {
        longest = most.compareTo(longest) < 0 ? most : longest;
    }

    boolean isDisconnected(HostKey host) {
        var outage = outages.get(host);
        return outage != null && (!ready.contains(host) || lasted(outage).compareTo(longest) >= 0);
    }

    /** Whether a daemon is unreachable that may come back. */
    boolean isWaiting() {
        return outages.keySet().stream().anyMatch(host -> !isDisconnected(host));
    }

    /** Why the host is unreachable. */
    Optional<String> why(HostKey host) {
        return Optional.ofNullable(outages.get(host)).map(Outage::why);
    }

    /** How long it has been. */
    Duration unreachableFor(HostKey host) {
        return lasted(outages.get(host));
    }

    private Duration lasted(Outage outage) {
        return now.minus(outage.since());
    }
}
