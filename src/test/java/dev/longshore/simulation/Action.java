package dev.longshore.simulation;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.ImagePullPolicy;
import dev.longshore.api.RetryPolicy;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.job.JobStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One thing that happens, with two numbers that say to whom and how; it means something in any world. */
record Action(Kind kind, int one, int other) {
    /** What users, machines and time do. */
    enum Kind {
        SUBMIT,
        EXIT,
        CANCEL,
        CHANGE_PRIORITY,
        SUSPEND,
        RESUME,
        DELETE,
        DELETE_WITHOUT_US,
        CORDON,
        UNCORDON,
        CHANGE_SLOTS,
        KILL_OPERATOR,
        KILL_OPERATOR_IN_A_CALL,
        START_OPERATOR,
        BREAK_A_CALL,
        LOSE_CONNECTION,
        CONNECT,
        DEAFEN,
        RESTART_DAEMON,
        DESTROY_BY_HAND,
        PRUNE,
        REFUSE_CREATE,
        REFUSE_START,
        REFUSE_NOTHING,
        DEPOSE,
        JUMP_CLOCK,
        STEPS,
        PASS
    }

    private static final int[] EXIT_CODES = {0, 0, 0, 1, 7};
    private static final List<Kind> OFTEN = List.of(Kind.SUBMIT, Kind.SUBMIT, Kind.EXIT, Kind.STEPS, Kind.PASS);

    /** After these the order in which jobs leave a queue can be foretold. */
    private static final List<Kind> CALM =
            List.of(Kind.SUBMIT, Kind.EXIT, Kind.STEPS, Kind.PASS, Kind.KILL_OPERATOR, Kind.START_OPERATOR);

    /** @param calm whether it is to be one after which the order can be foretold */
    static Action random(Random random, boolean calm) {
        var kinds = calm ? CALM : List.of(Kind.values());
        var some = random.nextInt(2) == 0 ? OFTEN : kinds;
        var kind = some.get(random.nextInt(some.size()));
        return new Action(kind, random.nextInt(1000), random.nextInt(1000));
    }

    void happenIn(World world) {
        var host = world.hosts().get(one % world.hosts().size());
        var when = other % 2 == 0 ? Faults.When.BEFORE : Faults.When.AFTER;
        switch (kind) {
            case SUBMIT ->
                world.submit(
                        one % 4 == 0 ? null : host,
                        spec -> spec.priority(1 + other % 5)
                                .template(template())
                                .startDeadlineSeconds(other % 11 == 0 ? 60 : null)
                                .ttlSecondsAfterFinished(other % 13 == 0 ? 5 : null));
            case EXIT ->
                container(world).ifPresent(id -> world.daemons.exit(id, EXIT_CODES[other % EXIT_CODES.length]));
            case CHANGE_PRIORITY ->
                job(world).ifPresent(uid -> world.api.edit(uid, spec -> spec.priority(1 + other % 5)));
            case STEPS -> world.schedule.steps(one % 60);
            case PASS -> {
                world.schedule.pass(Duration.ofSeconds(one % 3 == 0 ? 40 : other % 7));
                world.checkOrder();
            }
            case CANCEL -> job(world).ifPresent(uid -> world.api.edit(uid, spec -> spec.cancel(true)));
            case SUSPEND -> job(world).ifPresent(uid -> world.api.edit(uid, spec -> spec.suspend(true)));
            case RESUME -> job(world).ifPresent(uid -> world.api.edit(uid, spec -> spec.suspend(false)));
            case DELETE -> job(world).ifPresent(world.api::markForDeletion);
            case DELETE_WITHOUT_US -> job(world).ifPresent(world::deleteWithoutUs);
            case CORDON, UNCORDON -> world.cordon(host, kind == Kind.CORDON);
            case CHANGE_SLOTS -> world.changeHost(host, spec -> spec.maxConcurrentJobs(1 + other % World.MOST_SLOTS));
            case KILL_OPERATOR -> world.operators.kill();
            case KILL_OPERATOR_IN_A_CALL -> world.faults.plan(one % 12, when, call -> new Faults.Killed());
            case START_OPERATOR -> world.operators.start();
            case BREAK_A_CALL -> world.faults.plan(one % 12, when, call -> broken(call, when));
            case LOSE_CONNECTION -> world.operators.loseConnection(host);
            case CONNECT -> world.operators.connect(host);
            case DEAFEN -> world.operators.deafen(host);
            case RESTART_DAEMON -> world.restartDaemon(host);
            case DESTROY_BY_HAND -> container(world).ifPresent(world.daemons::destroyByHand);
            case PRUNE -> world.daemons.prune(host);
            case REFUSE_CREATE -> world.daemons.of(host).refusals.of(Set.of("create"));
            case REFUSE_START -> world.daemons.of(host).refusals.of(Set.of("start"));
            case REFUSE_NOTHING -> world.daemons.of(host).refusals.none();
            case DEPOSE -> world.operators.depose(Duration.ofSeconds(1 + other % 60));
            case JUMP_CLOCK -> world.schedule.jump(Duration.ofMinutes(other % 2 == 0 ? 5 : -5));
        }
        if (!CALM.contains(kind)) {
            world.disturbed();
        }
    }

    private ContainerTemplateSpec template() {
        return ContainerTemplateSpecBuilder.builder()
                .image("busybox:stable")
                .imagePullPolicy(other % 5 == 0 ? ImagePullPolicy.ALWAYS : ImagePullPolicy.IF_NOT_PRESENT)
                .timeoutSeconds(other % 7 == 0 ? 30 : null)
                .retry(new RetryPolicy(one % 3, 5, 60, null))
                .build();
    }

    private Throwable broken(String call, Faults.When when) {
        if (!call.equals("write") && !call.equals("read")) {
            return SimulatedHost.unavailable();
        }
        return when == Faults.When.BEFORE && call.equals("write") && one % 2 == 0
                ? new JobStore.Conflict("as it happens")
                : new IllegalStateException("the API server does not answer");
    }

    private Optional<String> container(World world) {
        var running = world.daemons.containers(State.RUNNING);
        return running.isEmpty()
                ? Optional.empty()
                : Optional.of(running.get(one % running.size()).id());
    }

    private Optional<String> job(World world) {
        var jobs = List.copyOf(world.api.all());
        return jobs.isEmpty()
                ? Optional.empty()
                : Optional.of(jobs.get(one % jobs.size()))
                        .map(ContainerJob::getMetadata)
                        .map(meta -> meta.getUid());
    }
}
