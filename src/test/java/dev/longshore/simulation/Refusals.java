package dev.longshore.simulation;

import dev.longshore.docker.DockerRefusedException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The calls that a daemon refuses, as if for reasons of its own. */
final class Refusals {
    private static final String NO_SPACE = "no space left on device";
    private static final Duration LATELY = Duration.ofMinutes(3);

    private final Schedule schedule;
    private Set<String> calls = Set.of();
    private Predicate<Map<String, String>> whose = labels -> true;
    private String why = NO_SPACE;
    private int count;
    private Duration last = Duration.ZERO;

    Refusals(Schedule schedule) {
        this.schedule = schedule;
    }

    /** Refuses these calls, and no others, from now on. */
    void of(Set<String> refused) {
        of(refused, NO_SPACE, labels -> true);
    }

    /** @param containers by their labels */
    void of(Set<String> refused, String reason, Predicate<Map<String, String>> containers) {
        calls = refused;
        why = reason;
        whose = containers;
    }

    void none() {
        of(Set.of());
    }

    int count() {
        return count;
    }

    /** Jobs may wait for the daemon because of that, though others that come later do not. */
    boolean haveHappenedLately() {
        return schedule.now().uptime().minus(last).compareTo(LATELY) < 0;
    }

    void mayRefuse(String call, Map<String, String> labels) {
        if (calls.contains(call) && whose.test(labels)) {
            count++;
            last = schedule.now().uptime();
            throw new DockerRefusedException(500, call + ": " + why, null);
        }
    }
}
