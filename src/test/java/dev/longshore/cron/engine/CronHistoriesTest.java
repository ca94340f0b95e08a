package dev.longshore.cron.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ConcurrencyPolicy;
import dev.longshore.api.ContainerCronJobSpecBuilder;
import dev.longshore.testing.ShortestHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random histories of a schedule, its users, clocks that jump and operators that are killed or stand still, with the real engine. A
 * failure prints its seed and the shortest history that still fails; {@code -Dseed=…} runs that seed alone, {@code -Dhistories=…}
 * more of them.
 */
class CronHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("histories", 300);
    private static final int LONGEST = 40;

    /** The second begins shortly before clocks are set forward in Berlin. */
    private static final List<Instant> BEGINS = List.of(
            Instant.parse("2026-03-02T00:00:00Z"),
            Instant.parse("2026-03-28T23:30:17Z"),
            Instant.parse("2026-10-25T00:20:00Z"));

    /** As many as are asked for. */
    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void whateverHappensNoTimeStartsTwiceAndPoliciesHold() {
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
                                        shortest.stream()
                                                .map(CronAction::toString)
                                                .toList())
                                + "\n" + why.getMessage(),
                        why);
            }
        }
    }

    private static List<CronAction> history(long seed) {
        var random = new Random(seed);
        var calm = isCalm(seed);
        var length = 5 + random.nextInt(LONGEST);
        var actions = new ArrayList<CronAction>();
        while (actions.size() < length) {
            actions.add(CronAction.random(random, calm));
        }
        return actions;
    }

    private static boolean isCalm(long seed) {
        return new Random(seed).nextInt(6) == 0;
    }

    private static Throwable failure(long seed, List<CronAction> history) {
        try {
            var random = new Random(seed);
            var calm = isCalm(seed);
            var begin = BEGINS.get(random.nextInt(BEGINS.size()));
            var schedule = CronAction.SCHEDULES.get(calm ? random.nextInt(4) : random.nextInt(5));
            var world = new CronCluster(
                    random,
                    begin,
                    ContainerCronJobSpecBuilder.builder()
                            .schedule(schedule)
                            .timeZone(CronAction.ZONES.get(random.nextInt(4)))
                            .concurrencyPolicy(ConcurrencyPolicy.values()[calm ? 0 : random.nextInt(3)])
                            .jobTemplate(CronAction.template(random.nextInt(3) > 0 ? 0 : null, 1))
                            .build(),
                    calm ? CronCluster.Durations.NONE : CronCluster.Durations.values()[random.nextInt(3)],
                    random.nextInt(4) * 1500);
            world.happen(history);
            endWell(world);
            if (calm) {
                assertThat(world.witness.started("cron-0")).isEqualTo(times(world, begin));
            }
            return null;
        } catch (AssertionError | RuntimeException e) {
            return e;
        }
    }

    private static void endWell(CronCluster world) {
        for (var operator : world.operators) {
            if (operator != null) {
                operator.kill();
            }
        }
        world.start(0, true);
        world.rest(Duration.ofSeconds(30));
        world.witness.atRest();
        world.witness.nextIsRight(world.now());
    }

    private static TreeSet<Instant> times(CronCluster world, Instant begin) {
        var schedule = world.witness.versions.last().schedule().orElseThrow();
        var all = new TreeSet<Instant>();
        for (var next = schedule.next(begin); !next.get().isAfter(world.now()); next = schedule.next(next.get())) {
            all.add(next.get());
        }
        return all;
    }
}
