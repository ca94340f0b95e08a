package dev.longshore.cron.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerCronJobSpecBuilder;
import dev.longshore.cron.times.Schedule;
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
 * Days of 50 schedules by a fast clock, with an operator that is killed 20 times in the middle of creating a job: each time has
 * exactly one. {@code -Ddays=30} is a month with a clock change in it, and prints a table.
 */
class CronMonthTest {
    private static final int DAYS = Integer.getInteger("days", 1);
    private static final int SCHEDULES = 50;
    private static final int KILLS = 20;
    private static final Instant BEGIN = Instant.parse("2026-03-05T00:00:00Z");
    private static final List<String> TEXTS = List.of(
            "* * * * *",
            "*/5 * * * *",
            "*/15 8-17 * * 1-5",
            "7 * * * *",
            "@hourly",
            "30 2 * * *",
            "0 */6 * * *",
            "15,45 1-3 * * *",
            "0 9 * * MON",
            "@daily");
    private static final List<String> ZONES =
            List.of("Etc/UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati");

    private record Row(String text, String zone, int due, int started) {}

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS)
    void eachTimeHasExactlyOneJob() {
        var seed = Long.getLong("seed", System.nanoTime());
        var rows = new ArrayList<Row>();
        for (var n = 0; n < SCHEDULES; n++) {
            rows.add(run(seed + n, TEXTS.get(n % TEXTS.size()), ZONES.get(n / TEXTS.size())));
        }
        if (DAYS >= 30) {
            System.out.printf("%-20s %-22s %8s %8s%n", "SCHEDULE", "TIME ZONE", "DUE", "STARTED");
            rows.forEach(row ->
                    System.out.printf("%-20s %-22s %8d %8d%n", row.text(), row.zone(), row.due(), row.started()));
            System.out.printf(
                    "%d days, %d schedules, %d kills each: %d due, %d started%n",
                    DAYS,
                    SCHEDULES,
                    KILLS,
                    rows.stream().mapToInt(Row::due).sum(),
                    rows.stream().mapToInt(Row::started).sum());
        }
    }

    private static Row run(long seed, String text, String zone) {
        var random = new Random(seed);
        var world = new CronCluster(
                random,
                BEGIN,
                ContainerCronJobSpecBuilder.builder()
                        .schedule(text)
                        .timeZone(zone)
                        .jobTemplate(CronAction.template(random.nextBoolean() ? 0 : null, 1))
                        .build(),
                CronCluster.Durations.NONE,
                random.nextInt(3) * 500);
        var schedule = Schedule.parse(text, zone);
        var end = BEGIN.plus(Duration.ofDays(DAYS));
        for (var kill : kills(random, schedule, end)) {
            passUntil(world, kill.minusSeconds(1));
            kill(world, random);
        }
        passUntil(world, end);
        world.operators[0].kill();
        world.start(0, true);
        world.rest(Duration.ofSeconds(30));
        world.witness.atRest();
        var due = new TreeSet<Instant>();
        schedule.next(BEGIN).ifPresent(due::add);
        while (schedule.next(due.last())
                .filter(next -> !next.isAfter(world.now()))
                .isPresent()) {
            due.add(schedule.next(due.last()).get());
        }
        due.removeIf(time -> time.isAfter(world.now()));
        assertThat(world.witness.started("cron-0"))
                .as("-Dseed=%d: %s in %s", seed, text, zone)
                .isEqualTo(due);
        return new Row(text, zone, due.size(), world.witness.started("cron-0").size());
    }

    /** At times that are due. */
    private static TreeSet<Instant> kills(Random random, Schedule schedule, Instant end) {
        var kills = new TreeSet<Instant>();
        for (var n = 0; n < KILLS; n++) {
            var from = BEGIN.plusSeconds(
                    random.nextInt((int) Duration.between(BEGIN, end).toSeconds()));
            schedule.next(from).filter(time -> time.isBefore(end)).ifPresent(kills::add);
        }
        return kills;
    }

    /** In one of the calls that it takes to create, record and confirm a job; another operator begins within the minute. */
    private static void kill(CronCluster world, Random random) {
        var fault = random.nextBoolean() ? CronFault.KILLED_BEFORE : CronFault.KILLED_AFTER;
        world.operators[0].plan(fault, random.nextInt(5), 0);
        world.pass(Duration.ofSeconds(1 + random.nextInt(40)));
        world.operators[0].kill();
        world.start(0, true);
    }

    private static void passUntil(CronCluster world, Instant time) {
        var day = Duration.ofDays(1);
        for (var left = Duration.between(world.now(), time); !left.isNegative() && !left.isZero(); ) {
            world.pass(left.compareTo(day) < 0 ? left : day);
            left = Duration.between(world.now(), time);
        }
    }
}
