package dev.longshore.cron.engine;

import dev.longshore.api.ConcurrencyPolicy;
import dev.longshore.api.ContainerCronJobSpecBuilder;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpec;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.JobTemplate;
import dev.longshore.cron.ScheduledJobs;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** One thing that happens, with two numbers that say to whom and how; it means something in any cluster. */
record CronAction(Kind kind, int one, int other) {
    /** What users, machines and time do. */
    enum Kind {
        SECONDS((it, world) -> world.pass(Duration.ofMillis(it.one * 20L))),
        MINUTES((it, world) -> world.pass(Duration.ofSeconds(it.one % 400))),
        HOURS((it, world) -> world.pass(Duration.ofMinutes(it.one % 3 == 0 ? it.one % 130 : it.one % 20))),
        KILL((it, world) -> it.operator(world).ifPresent(CronOperator::kill)),
        START((it, world) -> it.start(world)),
        FAULT((it, world) -> it.operator(world)
                .ifPresent(
                        operator -> operator.plan(it.fault(CronFault.PAUSED_BEFORE.ordinal()), it.other / 7 % 6, 0))),
        PAUSE((it, world) -> it.operator(world)
                .ifPresent(operator -> operator.plan(
                        it.other % 3 == 0 ? CronFault.PAUSED_AFTER : CronFault.PAUSED_BEFORE,
                        it.other / 3 % 6,
                        1 + it.one / 2 % 12))),
        JUMP((it, world) -> world.jump(Duration.ofHours(it.one % 2 == 0 ? 1 : -1))),
        SLEEP((it, world) -> world.jump(Duration.ofHours(it.one % 61))),
        SUSPEND((it, world) -> it.edit(world, spec -> spec.suspend(true))),
        RESUME((it, world) -> it.edit(world, spec -> spec.suspend(false))),
        CHANGE_SCHEDULE((it, world) -> it.edit(world, spec -> spec.schedule(pick(SCHEDULES, it.other)))),
        CHANGE_ZONE((it, world) -> it.edit(world, spec -> spec.timeZone(pick(ZONES, it.other)))),
        CHANGE_POLICY((it, world) ->
                it.edit(world, spec -> spec.concurrencyPolicy(ConcurrencyPolicy.values()[it.other % 3]))),
        CHANGE_DEADLINE((it, world) ->
                it.edit(world, spec -> spec.startingDeadlineSeconds(it.other % 2 == 0 ? null : it.other))),
        CHANGE_LIMITS((it, world) -> it.edit(
                world, spec -> spec.successfulJobsHistoryLimit(it.one % 4).failedJobsHistoryLimit(it.other % 3))),
        CHANGE_TEMPLATE((it, world) ->
                it.edit(world, spec -> spec.jobTemplate(template(it.other % 2 == 0 ? 0 : null, it.one % 9)))),
        TRIGGER(CronAction::trigger),
        FINISH((it, world) -> it.job(world)
                .ifPresent(job ->
                        world.end(job.getMetadata().getName(), job.getMetadata().getUid()))),
        DELETE_JOB((it, world) -> it.job(world)
                .ifPresent(job -> world.api.deleteByHand(job.getMetadata().getName()))),
        DELETE(CronAction::delete),
        CREATE((it, world) -> it.create(world)),
        FOREIGN(CronAction::foreign);

        private final BiConsumer<CronAction, CronCluster> effect;

        Kind(BiConsumer<CronAction, CronCluster> effect) {
            this.effect = effect;
        }
    }

    static final List<String> SCHEDULES = List.of(
            "* * * * *", "* * * * *", "*/5 * * * *", "0 * * * *", "30 2 * * *", "7,8,9,40 1-3 * * *", "0 0 30 2 *");
    static final List<String> ZONES =
            List.of("Etc/UTC", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Kiritimati", "Europe/Berln");
    private static final List<Kind> OFTEN =
            List.of(Kind.SECONDS, Kind.MINUTES, Kind.MINUTES, Kind.FAULT, Kind.PAUSE, Kind.START, Kind.FINISH);
    private static final List<Kind> CALM =
            List.of(Kind.SECONDS, Kind.MINUTES, Kind.HOURS, Kind.FINISH, Kind.CHANGE_LIMITS, Kind.CHANGE_POLICY);

    /** @param calm whether it is to be one after which each time has its job */
    static CronAction random(Random random, boolean calm) {
        var kinds = calm ? CALM : random.nextInt(2) == 0 ? OFTEN : List.of(Kind.values());
        var kind = kinds.get(random.nextInt(kinds.size()));
        if (calm && kind == Kind.CHANGE_POLICY) {
            return new CronAction(kind, 0, 0);
        }
        return new CronAction(kind, random.nextInt(1000), random.nextInt(1000));
    }

    void happenIn(CronCluster world) {
        kind.effect.accept(this, world);
    }

    static JobTemplate template(Integer ttl, int priority) {
        ContainerJobSpec spec = ContainerJobSpecBuilder.builder()
                .ttlSecondsAfterFinished(ttl)
                .priority(priority)
                .build();
        return new JobTemplate(null, spec);
    }

    private static <T> T pick(List<T> all, int number) {
        return all.get(number % all.size());
    }

    private CronFault fault(int below) {
        return CronFault.values()[other % below];
    }

    private Optional<CronOperator> operator(CronCluster world) {
        return Optional.ofNullable(world.operators[one % 2]);
    }

    private void start(CronCluster world) {
        operator(world).ifPresent(CronOperator::kill);
        world.start(one % 2, other % 2 == 0);
    }

    private void edit(CronCluster world, UnaryOperator<ContainerCronJobSpecBuilder> change) {
        if (world.api.cron != null) {
            world.api.edit(change);
        }
    }

    private Optional<ContainerJob> job(CronCluster world) {
        var all = List.copyOf(world.api.jobs.values());
        return all.isEmpty() ? Optional.empty() : Optional.of(pick(all, other));
    }

    private void trigger(CronCluster world) {
        if (world.api.cron != null) {
            world.api.create(ScheduledJobs.manual(world.api.cron, "abc" + other % 100));
        }
    }

    /** With the garbage collector, or without one. */
    private void delete(CronCluster world) {
        var cron = world.api.cron;
        if (cron == null) {
            return;
        }
        world.api.put((dev.longshore.api.ContainerCronJob) null);
        if (other % 2 == 0) {
            List.copyOf(world.api.jobs.values()).stream()
                    .filter(job -> ScheduledJobs.isOf(job, cron))
                    .forEach(job -> world.api.deleteByHand(job.getMetadata().getName()));
        }
    }

    private void create(CronCluster world) {
        if (world.api.cron == null) {
            world.create(ContainerCronJobSpecBuilder.builder()
                    .schedule(pick(SCHEDULES, other))
                    .jobTemplate(template(one % 2 == 0 ? 0 : null, 1))
                    .build());
        }
    }

    /** Someone else has the name that is to come. */
    private void foreign(CronCluster world) {
        world.witness
                .versions
                .last()
                .schedule()
                .flatMap(it -> it.next(world.now()))
                .ifPresent(next -> {
                    if (world.api.cron != null) {
                        var job = new ContainerJob();
                        job.setMetadata(new ObjectMetaBuilder()
                                .withNamespace("team")
                                .withName(ScheduledJobs.name(world.api.cron, next))
                                .build());
                        job.setSpec(template(null, 1).spec());
                        world.api.create(job);
                    }
                });
    }
}
