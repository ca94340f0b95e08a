package dev.longshore.docker.connection;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The lines in which hosts wait for their next call to begin. Guarded by {@link CallThreads}, which has them. */
final class HostLines {
    /** Which hosts go first, whatever the kinds of their calls. */
    enum Turn {
        /** Those with few calls under way: a few hosts with many slow ones keep no other from its first. */
        FEW,
        MANY,
        /** Those that did not answer the last try, since each takes a place for long. */
        SILENT
    }

    private static final int KINDS = CallKind.values().length;
    /** The last line: of hosts with calls that are late, of which another may begin later. */
    private static final int TRIED_LATER = Turn.values().length * KINDS;

    /** Hosts in turn. All lines but the last are of those whose next call may begin: by {@link Turn}, then by its kind. */
    private final List<Set<HostWorkers>> lines = Stream.<Set<HostWorkers>>generate(LinkedHashSet::new)
            .limit(TRIED_LATER + 1L)
            .toList();
    /** The line that each host is in. One that has nothing to begin is in none. */
    private final Map<HostWorkers, Integer> lineOf = new HashMap<>();

    /**
     * Puts a host at the end of the line that its next call belongs to, unless it is in that one already. Called after whatever
     * changes what the host may begin. Time, and other hosts, change it for those of the last line only, see {@link #updateHeld}.
     */
    void update(HostWorkers host, long now) {
        var line = host.next(now).map(kind -> host.turn().ordinal() * KINDS + kind.ordinal());
        if (line.isEmpty() && host.isHeld()) {
            line = Optional.of(TRIED_LATER);
        }
        if (!line.equals(Optional.ofNullable(lineOf.get(host)))) {
            drop(host);
            line.ifPresent(other -> {
                lineOf.put(host, other);
                lines.get(other).add(host);
            });
        }
    }

    private void drop(HostWorkers host) {
        var line = lineOf.remove(host);
        if (line != null) {
            lines.get(line).remove(host);
        }
    }

    /** Called now and then, as long as anything waits. */
    void updateHeld(long now) {
        List.copyOf(lines.get(TRIED_LATER)).forEach(host -> update(host, now));
    }

    /** Begins the call whose turn it is. Its host goes to the end of the line for the next one. */
    Optional<CallThreads.Call> take(long now) {
        for (var hosts : lines.subList(0, TRIED_LATER)) {
            while (!hosts.isEmpty()) {
                var host = hosts.iterator().next();
                drop(host);
                var call = host.next(now).map(kind -> host.take(kind, now));
                update(host, now);
                if (call.isPresent()) {
                    return call;
                }
            }
        }
        return Optional.empty();
    }
}
