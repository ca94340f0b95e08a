package dev.longshore.cron.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobSpecBuilder;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.JobTemplate;
import dev.longshore.cron.CronKey;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.job.Moment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One schedule, and an operator that knows everything at once; all of it on one thread, with a clock of its own. */
final class CronWorld {
    static final Instant BEGIN = Instant.parse("2026-03-02T00:00:00Z");

    final List<String> events = new ArrayList<>();
    long missed;
    /** Whether the cache has no job yet. */
    boolean isCacheBehind;

    Instant now = BEGIN;
    final CronApi api;
    private CronEngine engine;

    CronWorld(UnaryOperator<ContainerCronJobSpecBuilder> spec) {
        var cron = new ContainerCronJob();
        cron.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("tick")
                .withUid("cron")
                .withGeneration(1L)
                .withCreationTimestamp(now.toString())
                .withResourceVersion("0")
                .build());
        cron.setSpec(spec.apply(ContainerCronJobSpecBuilder.builder()
                        .schedule("* * * * *")
                        .jobTemplate(new JobTemplate(
                                null, ContainerJobSpecBuilder.builder().build())))
                .build());
        api = new CronApi(cron, () -> now);
        startOperator();
    }

    void startOperator() {
        engine = new CronEngine(
                () -> new Moment(now, Duration.between(BEGIN, now)),
                new CronReports(
                        (regarding, type, reason, message) -> events.add(reason + ": " + message),
                        new CronReports.Meter() {
                            @Override
                            public void missed(CronKey schedule, long times) {
                                missed += times;
                            }

                            @Override
                            public void forget(CronKey schedule) {}
                        }),
                () -> true);
    }

    /** Until it waits for something. */
    Optional<Duration> reconcile() {
        var again = reconcileOnce();
        while (again.filter(Duration::isZero).isPresent()) {
            again = reconcileOnce();
        }
        return again;
    }

    private Optional<Duration> reconcileOnce() {
        var own = api.jobs.values().stream()
                .filter(job -> !isCacheBehind && ScheduledJobs.isOf(job, api.cron))
                .toList();
        return engine.reconcile(api.cron, own, api);
    }

    /** Lets time pass as the operator waits. */
    void pass(Duration time) {
        var end = now.plus(time);
        for (var steps = 0; steps < 100_000; steps++) {
            var again = reconcile();
            var next = again.map(now::plus).filter(due -> !due.isAfter(end));
            if (next.isEmpty()) {
                now = end;
                return;
            }
            now = next.get();
        }
        throw new AssertionError("it goes on for ever");
    }

    void assertStarted(String... times) {
        assertThat(api.started.keySet())
                .containsExactly(List.of(times).stream()
                        .map(time -> "tick-"
                                + Duration.between(Instant.EPOCH, Instant.parse(time))
                                        .toMinutes())
                        .toArray(String[]::new));
        assertThat(api.started.values()).allMatch(once -> once == 1);
    }
}
