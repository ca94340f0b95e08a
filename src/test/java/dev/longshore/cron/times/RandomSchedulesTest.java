package dev.longshore.cron.times;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random schedules around clock changes of all zones against a walk minute by minute. A failure prints its seed;
 * {@code -Dseed=…} runs that one, {@code -Dschedules=…} as many as that.
 */
class RandomSchedulesTest {
    private static final int SCHEDULES = Integer.getInteger("schedules", 200);
    private static final Duration AROUND = Duration.ofDays(2);

    /** From when on offsets are full minutes. */
    private static final Instant FIRST = Instant.parse("1973-01-01T00:00:00Z");

    private static final long SECONDS = Duration.ofDays(365 * 70).toSeconds();

    private static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> !zone.startsWith("SystemV/"))
            .sorted()
            .toList();

    private Random random;

    @Test
    void agreeWithAWalkMinuteByMinute() {
        var wanted = Long.getLong("seed");
        var first = wanted == null ? System.nanoTime() : wanted;
        var last = wanted == null ? first + SCHEDULES : first + 1;
        var due = 0;
        for (var seed = first; seed < last; seed++) {
            random = new Random(seed);
            due += agree("-Dseed=" + seed);
        }

        assertThat(due).as("times compared").isPositive();
    }

    private int agree(String seed) {
        var zone = ZONES.get(random.nextInt(ZONES.size()));
        var rules = ZoneId.of(zone).getRules();
        var model = MinuteByMinute.of(random, rules);
        var change = nearAChange(rules);
        var from = change.minus(AROUND).minusSeconds(random.nextInt(60));
        var until = change.plus(AROUND);
        var expected = model.due(from, until);
        var description = "%s: %s in %s from %s".formatted(seed, model.text(), zone, from);

        Schedule schedule;
        try {
            schedule = Schedule.parse(model.text(), zone);
        } catch (InvalidScheduleException e) {
            assertThat(e).as(description).hasMessageContaining("never comes");
            return 0;
        }

        assertThat(times(schedule, from, until)).as(description).isEqualTo(expected);
        for (int count = 0; count < 20; count++) {
            agree(schedule, expected, between(from, until), between(from, until), description);
        }
        return expected.size();
    }

    private void agree(Schedule schedule, List<Instant> due, Instant after, Instant notAfter, String description) {
        var within = due.stream()
                .filter(time -> time.isAfter(after) && !time.isAfter(notAfter))
                .toList();
        int most = random.nextInt(due.size() + 2);

        assertThat(schedule.newest(after, notAfter))
                .as("%s, newest after %s until %s", description, after, notAfter)
                .isEqualTo(within.isEmpty() ? Optional.empty() : Optional.of(within.get(within.size() - 1)));
        assertThat(schedule.count(after, notAfter, most))
                .as("%s, count after %s until %s", description, after, notAfter)
                .isEqualTo(Math.min(most, within.size()));
    }

    private static List<Instant> times(Schedule schedule, Instant from, Instant until) {
        var times = new ArrayList<Instant>();
        var time = schedule.next(from);
        while (time.isPresent() && !time.get().isAfter(until)) {
            times.add(time.get());
            time = schedule.next(time.get());
        }
        return times;
    }

    /** Of a zone without any, a time. */
    private Instant nearAChange(ZoneRules rules) {
        var time = FIRST.plusSeconds((long) (random.nextDouble() * SECONDS));
        var change = rules.nextTransition(time);
        return change == null ? time : change.getInstant();
    }

    private Instant between(Instant from, Instant until) {
        return from.plusSeconds(
                random.nextInt((int) Duration.between(from, until).toSeconds()));
    }
}
