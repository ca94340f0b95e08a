package dev.longshore.operator;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobStatus;
import dev.longshore.api.StatusFormat;
import dev.longshore.cron.CronKey;
import dev.longshore.cron.engine.CronReports;
import dev.longshore.cron.times.InvalidScheduleException;
import dev.longshore.cron.times.Schedule;
import dev.longshore.cron.times.UnknownTimeZoneException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is measured of schedules; the only label is the schedule, and goes with it. */
final class CronMetrics implements CronReports.Meter {
    private static final String SCHEDULE = "schedule";

    private final MeterRegistry registry;
    private final MultiGauge next;
    private final MultiGauge lastSuccess;
    private final MultiGauge period;
    /** By what they are labeled with, which one that was replaced shares with its successor. */
    private final Map<String, Counter> missed = new ConcurrentHashMap<>();
    /** A period is searched for once for each schedule that there is. Used under the lock of scrapes. */
    private Map<Timing, Optional<Duration>> periods = new HashMap<>();

    private record Timing(String schedule, String timeZone) {}

    CronMetrics(MeterRegistry registry) {
        this.registry = registry;
        next = gauge(
                "longshore.cron.next",
                "Seconds until the next scheduled time; negative while it is due and not yet handled. Absent while the schedule is suspended or not valid.");
        lastSuccess = gauge(
                "longshore.cron.last.success.timestamp",
                "Time the most recent completed job finished, in Unix seconds.");
        period = gauge(
                "longshore.cron.period",
                "Longest time between two scheduled times that follow each other. Absent while the schedule is suspended or not valid.");
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name)
                .description(description)
                .baseUnit("seconds")
                .register(registry);
    }

    /** The schedules as they are now. */
    void report(List<ContainerCronJob> schedules, Instant now) {
        var keys = schedules.stream().map(cron -> CronKey.of(cron).toString()).collect(Collectors.toSet());
        forgetAllBut(keys);
        keys.forEach(this::counter);
        var inEffect =
                schedules.stream().filter(cron -> !cron.getSpec().suspend()).toList();
        set(
                next,
                inEffect,
                cron -> time(status(cron, ContainerCronJobStatus::nextScheduleTime))
                        .map(time -> Duration.between(now, time).toMillis() / 1e3));
        set(
                lastSuccess,
                schedules,
                cron -> time(status(cron, ContainerCronJobStatus::lastSuccessfulTime))
                        .map(time -> time.toEpochMilli() / 1e3));
        var known = new HashMap<Timing, Optional<Duration>>();
        set(period, inEffect, cron -> {
            var timing = new Timing(cron.getSpec().schedule(), cron.getSpec().timeZone());
            return known.computeIfAbsent(
                            timing, one -> Optional.ofNullable(periods.get(one)).orElseGet(() -> period(one, now)))
                    .map(length -> (double) length.toSeconds());
        });
        periods = known;
    }

    private static Optional<Duration> period(Timing timing, Instant now) {
        try {
            return Optional.of(
                    Schedule.parse(timing.schedule(), timing.timeZone()).period(now));
        } catch (InvalidScheduleException | UnknownTimeZoneException e) {
            return Optional.empty();
        }
    }

    private static String status(ContainerCronJob cron, Function<ContainerCronJobStatus, String> field) {
        return cron.getStatus() == null ? null : field.apply(cron.getStatus());
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.ofNullable(text).map(StatusFormat::instant);
        } catch (DateTimeException e) {
            // Whoever may write statuses may write anything there.
            return Optional.empty();
        }
    }

    private static void set(
            MultiGauge gauge, List<ContainerCronJob> schedules, Function<ContainerCronJob, Optional<Double>> value) {
        var rows = new ArrayList<MultiGauge.Row<?>>();
        schedules.forEach(cron -> value.apply(cron)
                .ifPresent(number -> rows.add(
                        MultiGauge.Row.of(Tags.of(SCHEDULE, CronKey.of(cron).toString()), number))));
        gauge.register(rows, true);
    }

    private void forgetAllBut(Set<String> keys) {
        missed.keySet().stream().filter(key -> !keys.contains(key)).toList().forEach(this::forget);
    }

    private Counter counter(String schedule) {
        return missed.computeIfAbsent(
                schedule,
                key -> Counter.builder("longshore.cron.missed")
                        .description("Number of scheduled times for which no job could be created when they were due.")
                        .tags(SCHEDULE, key)
                        .register(registry));
    }

    @Override
    public void missed(CronKey schedule, long times) {
        counter(schedule.toString()).increment(times);
    }

    @Override
    public void forget(CronKey schedule) {
        forget(schedule.toString());
    }

    private void forget(String schedule) {
        Optional.ofNullable(missed.remove(schedule)).ifPresent(registry::remove);
    }
}
