package dev.longshore.simulation;

import dev.longshore.testing.ShortestHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random histories of jobs, daemons and operators that are killed, with the real engine, planner, runner and slots. A
 * failure prints its seed and the shortest history that still fails; {@code -Dseed=…} runs that seed alone,
 * {@code -Dhistories=…} more of them.
 */
class HistoriesTest {
    private static final int HISTORIES = Integer.getInteger("histories", 2000);
    private static final int LONGEST = 60;

    /** As many as are asked for. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void whateverHappensEachAttemptStartsOnceAndEachResultArrivesInOrderWithinTheSlots() {
        var wanted = Long.getLong("seed");
        var first = wanted == null ? System.nanoTime() : wanted;
        var last = wanted == null ? first + HISTORIES : first + 1;
        for (var seed = first; seed < last; seed++) {
            var run = seed;
            var history = history(seed);
            if (failure(seed, history) != null) {
                var shortest = ShortestHistory.of(history, shorter -> failure(run, shorter) != null);
                var why = failure(seed, shortest);
                throw new AssertionError(
                        "-Dseed=" + seed + " fails; so do these of its actions:\n  "
                                + String.join(
                                        "\n  ",
                                        shortest.stream().map(Action::toString).toList())
                                + "\n" + why.getMessage(),
                        why);
            }
        }
    }

    private static List<Action> history(long seed) {
        var random = new Random(seed);
        var actions = new ArrayList<Action>();
        var calm = isCalm(seed);
        random.nextInt();
        var length = 5 + random.nextInt(LONGEST);
        while (actions.size() < length) {
            actions.add(Action.random(random, calm));
        }
        return actions;
    }

    private static boolean isCalm(long seed) {
        return new Random(seed).nextInt(4) == 0;
    }

    private static Throwable failure(long seed, List<Action> history) {
        try {
            var random = new Random(seed);
            var world = new World(random, random.nextBoolean(), 1 + random.nextInt(3), 1 + random.nextInt(2));
            if (random.nextInt(4) > 0) {
                RoomChoice.begin(world, random, isCalm(seed));
            }
            history.forEach(action -> action.happenIn(world));
            world.endWell();
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e;
        }
    }
}
