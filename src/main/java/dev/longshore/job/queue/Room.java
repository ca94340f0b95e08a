package dev.longshore.job.queue;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The room that a container holds on its host.
 *
 * @param nanoCpus billionths of a core
 * @param memory in bytes
 * @param gpus their IDs; empty where the host does not list its own
 */
public record Room(long nanoCpus, long memory, List<String> gpus) {
    public static final Room NONE = new Room(0, 0, List.of());

    /** Whatever is more than any machine has is as much, in as many digits as are read. */
    private static final long MOST = 999_999_999_999_999_999L;

    private static final Pattern LABEL = Pattern.compile("cpu=([0-9]{1,18}),memory=([0-9]{1,18})(?:,.*)?");

    public Room {
        gpus = List.copyOf(gpus);
    }

    /** As a container's label has it; GPUs have one of their own. */
    public String label() {
        return "cpu=" + Math.min(nanoCpus, MOST) + ",memory=" + Math.min(memory, MOST);
    }

    /** @param label as a daemon reports it, or null */
    public static Optional<Room> of(String label, List<String> gpus) {
        return Optional.ofNullable(label)
                .map(LABEL::matcher)
                .filter(Matcher::matches)
                .map(match -> new Room(Long.parseLong(match.group(1)), Long.parseLong(match.group(2)), gpus));
    }
}
