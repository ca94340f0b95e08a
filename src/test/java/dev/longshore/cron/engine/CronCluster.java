package dev.longshore.cron.engine;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobSpec;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/** One schedule, two operators that need not know of each other, and a history that goes on while one of them stands still. */
final class CronCluster implements CronApi.Watcher {
    private static final int MOST_STEPS = 20_000;
    private static final Duration WATCHED_EACH = Duration.ofSeconds(2);
    private static final int GRACE_SECONDS = 10;

    final CronApi api;
    final CronWitness witness;
    final CronOperator[] operators = new CronOperator[2];
    private final Random random;
    private final Durations durations;
    private final Map<String, Ending> endings = new LinkedHashMap<>();
    private final Deque<CronAction> history = new ArrayDeque<>();
    private final int latestMillis;
    private Instant uptime = Instant.EPOCH;
    private Instant begin;
    private int lives;
    private boolean jobsEnd = true;

    private record Ending(String name, Instant at) {}

    /** How long jobs take. */
    enum Durations {
        NONE,
        MIXED,
        ENDLESS;

        private static final int[] SECONDS = {0, 0, 5, 50, 90, 400, 4000};

        private int of(ContainerJob job) {
            return switch (this) {
                case NONE -> 0;
                case MIXED -> SECONDS[Math.floorMod(job.getMetadata().getName().hashCode() * 31, SECONDS.length)];
                case ENDLESS -> Integer.MAX_VALUE;
            };
        }
    }

    CronCluster(Random random, Instant begin, ContainerCronJobSpec spec, Durations durations, int latestMillis) {
        this.random = random;
        this.begin = begin;
        this.durations = durations;
        this.latestMillis = latestMillis;
        api = new CronApi(null, this::now);
        api.watcher = this;
        witness = new CronWitness(api);
        create(spec);
        start(0, true);
    }

    void create(ContainerCronJobSpec spec) {
        var cron = new ContainerCronJob();
        cron.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("tick")
                .withUid("cron-" + lives++)
                .withGeneration(1L)
                .withCreationTimestamp(now().truncatedTo(ChronoUnit.SECONDS).toString())
                .build());
        cron.setSpec(spec);
        api.put(cron);
    }

    Instant now() {
        return begin.plus(Duration.between(Instant.EPOCH, uptime));
    }

    Instant uptime() {
        return uptime;
    }

    Moment moment() {
        return new Moment(now(), Duration.between(Instant.EPOCH, uptime));
    }

    int versions() {
        return witness.versions.count();
    }

    void jump(Duration by) {
        begin = begin.plus(by);
        witness.versions.clockIs(now());
        all().forEach(operator -> operator.wake(uptime.plus(WATCHED_EACH)));
    }

    /** @param isFresh whether it begins with a list of all that there is, or with what the one before it knew */
    void start(int which, boolean isFresh) {
        var before = operators[which];
        operators[which] =
                new CronOperator(this, before == null || isFresh ? CronCache.of(api) : before.cache.handOver());
    }

    private Stream<CronOperator> all() {
        return Arrays.stream(operators).filter(Objects::nonNull);
    }

    void happen(Collection<CronAction> actions) {
        history.addAll(actions);
        others(Integer.MAX_VALUE);
    }

    /** The next actions of the history, while an operator stands still. */
    void others(int count) {
        for (var done = 0; done < count && !history.isEmpty(); done++) {
            history.remove().happenIn(this);
        }
    }

    void pass(Duration time) {
        var end = uptime.plus(time);
        for (var steps = 0; steps < MOST_STEPS; steps++) {
            all().forEach(CronOperator::run);
            endJobs();
            var next = Stream.concat(
                            all().flatMap(operator -> operator.next().stream()),
                            endings.values().stream().filter(ending -> jobsEnd).map(Ending::at))
                    .min(Instant::compareTo);
            if (next.filter(at -> !at.isAfter(end)).isEmpty()) {
                uptime = end.isAfter(uptime) ? end : uptime;
                return;
            }
            uptime = next.get().isAfter(uptime) ? next.get() : uptime;
        }
        throw new AssertionError("it goes on for ever");
    }

    /** Until nothing happens any more but that time passes; ends ten seconds before a full minute. */
    void rest(Duration time) {
        pass(time);
        var second = Math.floorMod(now().toEpochMilli(), 60_000L);
        pass(Duration.ofMillis(60_000 - second + 5_000));
        jobsEnd = false;
        pass(Duration.ofSeconds(45));
    }

    private void endJobs() {
        var due = endings.entrySet().stream()
                .filter(entry -> jobsEnd && !entry.getValue().at().isAfter(uptime))
                .toList();
        for (var entry : due) {
            endings.remove(entry.getKey());
            end(entry.getValue().name(), entry.getKey());
        }
    }

    /** One that has not started ends only if it is cancelled. */
    void end(String name, String uid) {
        var job = api.jobs.get(name);
        if (job != null
                && job.getMetadata().getUid().equals(uid)
                && !JobPhases.finished(job)
                && (job.getSpec().cancel() || JobPhases.of(job) == JobPhase.RUNNING)) {
            var completes = Math.floorMod(uid.hashCode(), 3) > 0;
            api.finish(
                    name,
                    job.getSpec().cancel() ? JobPhase.CANCELLED : completes ? JobPhase.COMPLETED : JobPhase.FAILED);
        }
    }

    private Instant late() {
        return uptime.plusMillis(latestMillis == 0 ? 0 : random.nextInt(latestMillis));
    }

    @Override
    public void cron(ContainerCronJob cron) {
        witness.versions.add(cron, now());
        all().forEach(operator -> operator.cache.cron(cron, late()));
    }

    @Override
    public void job(ContainerJob job) {
        all().forEach(operator -> operator.cache.job(job, late()));
        if (job.getSpec().cancel() && !JobPhases.finished(job)) {
            var wait = JobPhases.of(job) == JobPhase.RUNNING ? GRACE_SECONDS : 0;
            endings.put(job.getMetadata().getUid(), new Ending(job.getMetadata().getName(), uptime.plusSeconds(wait)));
        }
        if (JobPhases.finished(job) && Integer.valueOf(0).equals(job.getSpec().ttlSecondsAfterFinished())) {
            api.deleteByHand(job.getMetadata().getName());
        }
    }

    @Override
    public void gone(ContainerJob job) {
        endings.remove(job.getMetadata().getUid());
        all().forEach(operator -> operator.cache.gone(job, late()));
    }

    @Override
    public void started(ContainerJob job) {
        witness.started(job);
        var seconds = durations.of(job);
        var metadata = job.getMetadata();
        if (seconds == 0) {
            end(metadata.getName(), metadata.getUid());
        } else if (seconds < Integer.MAX_VALUE) {
            endings.put(metadata.getUid(), new Ending(metadata.getName(), uptime.plusSeconds(seconds)));
        }
    }

    @Override
    public void written(ContainerCronJob before, ContainerCronJob after) {
        witness.written(before, after);
    }
}
