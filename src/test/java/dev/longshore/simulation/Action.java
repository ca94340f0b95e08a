package dev.longshore.simulation;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.ImagePullPolicy;
import dev.longshore.api.RetryPolicy;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One thing that happens, with two numbers that say to whom and how; it means something in any world. */
record Action(Kind kind, int one, int other) {
    /** What users, machines and time do. */
    enum Kind {
        SUBMIT(Action::submit),
        EXIT((it, world) ->
                it.container(world).ifPresent(id -> world.daemons.exit(id, EXIT_CODES[it.other % EXIT_CODES.length]))),
        CANCEL((it, world) -> it.edit(world, spec -> spec.cancel(true))),
        CHANGE_PRIORITY((it, world) -> it.edit(world, spec -> spec.priority(1 + it.other % 5))),
        SUSPEND((it, world) -> it.edit(world, spec -> spec.suspend(true))),
        SUSPEND_WHAT_IS_REFUSED(Action::suspendRefused),
        RESUME((it, world) -> it.edit(world, spec -> spec.suspend(false))),
        DELETE((it, world) -> it.job(world).ifPresent(world::delete)),
        DELETE_WITHOUT_US((it, world) -> it.job(world).ifPresent(world::deleteWithoutUs)),
        CORDON((it, world) -> world.cordon(it.host(world), true)),
        UNCORDON((it, world) -> world.cordon(it.host(world), false)),
        CHANGE_SLOTS((it, world) ->
                world.changeHost(it.host(world), spec -> spec.maxConcurrentJobs(1 + it.other % World.MOST_SLOTS))),
        CHANGE_ALLOCATABLE((it, world) -> it.changeRoom(world, RoomChoice.allocatable(it.other))),
        CHANGE_QUEUEING((it, world) -> it.changeRoom(world, spec -> spec.queueing(RoomChoice.queueing(it.other)))),
        KILL_OPERATOR((it, world) -> world.operators.kill()),
        KILL_OPERATOR_IN_A_CALL((it, world) -> it.planFault(world, call -> new Faults.Killed())),
        START_OPERATOR((it, world) -> world.operators.start()),
        BREAK_A_CALL((it, world) -> it.planFault(world, it::broken)),
        LOSE_CONNECTION((it, world) -> world.operators.loseConnection(it.host(world))),
        CONNECT((it, world) -> world.operators.connect(it.host(world))),
        DEAFEN((it, world) -> world.operators.deafen(it.host(world))),
        RESTART_DAEMON((it, world) -> world.restartDaemon(it.host(world))),
        DESTROY_BY_HAND((it, world) -> it.container(world).ifPresent(world.daemons::destroyByHand)),
        PRUNE((it, world) -> world.daemons.prune(it.host(world))),
        REFUSE_CREATE((it, world) -> it.refusals(world).of(Set.of("create"))),
        REFUSE_START((it, world) -> it.refusals(world).of(Set.of("start"))),
        REFUSE_NOTHING((it, world) -> it.refusals(world).none()),
        DEPOSE((it, world) -> world.operators.depose(Duration.ofSeconds(1 + it.other % 60))),
        JUMP_CLOCK((it, world) -> world.schedule.jump(Duration.ofMinutes(it.other % 2 == 0 ? 5 : -5))),
        STEPS((it, world) -> world.schedule.steps(it.one % 60)),
        PASS(Action::pass);

        private final BiConsumer<Action, World> effect;

        Kind(BiConsumer<Action, World> effect) {
            this.effect = effect;
        }
    }

    /** Seconds for which some containers of failed attempts are kept. */
    static final int KEPT = 45;

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
        kind.effect.accept(this, world);
        if (!CALM.contains(kind)) {
            world.disturbed();
        }
    }

    private void submit(World world) {
        world.submitAs(
                world.hasRoom ? RoomChoice.NAMESPACES.get(one / 5 % 3) : World.NAMESPACE,
                one % 4 == 0 ? null : host(world),
                spec -> spec.priority(1 + other % 5)
                        .template(template(world.hasRoom))
                        .startDeadlineSeconds(other % 11 == 0 ? 60 : null)
                        .ttlSecondsAfterFinished(other % 13 == 0 ? 5 : null));
    }

    private void changeRoom(World world, UnaryOperator<DockerHostSpecBuilder> change) {
        if (world.hasRoom) {
            world.changeHost(host(world), change);
        }
    }

    private void pass(World world) {
        world.schedule.pass(Duration.ofSeconds(one % 3 == 0 ? 40 : other % 7));
        world.checkOrder();
    }

    /** One whose start its daemon refuses for now: it is bound, and will be tried again. */
    private void suspendRefused(World world) {
        refusals(world).of(Set.of("start"));
        submit(world);
        world.schedule.pass(Duration.ofSeconds(2));
        notStarted(world).ifPresent(uid -> world.api.edit(uid, spec -> spec.suspend(true)));
    }

    private void edit(World world, Consumer<ContainerJobSpecBuilder> change) {
        job(world).ifPresent(uid -> world.api.edit(uid, change));
    }

    private void planFault(World world, Faults.Breaker fault) {
        world.faults.plan(one % 12, when(), fault);
    }

    private Faults.When when() {
        return other % 2 == 0 ? Faults.When.BEFORE : Faults.When.AFTER;
    }

    private String host(World world) {
        return world.hosts().get(one % world.hosts().size());
    }

    private Refusals refusals(World world) {
        return world.daemons.of(host(world)).refusals;
    }

    private ContainerTemplateSpec template(boolean hasRoom) {
        var template = ContainerTemplateSpecBuilder.builder();
        return (hasRoom ? RoomChoice.requested(template, one) : template)
                .image("busybox:stable")
                .imagePullPolicy(other % 5 == 0 ? ImagePullPolicy.ALWAYS : ImagePullPolicy.IF_NOT_PRESENT)
                .timeoutSeconds(other % 7 == 0 ? 30 : null)
                .retry(new RetryPolicy(one % 3, 5, 60, null))
                .results(Resources.RESULTS)
                .keepFailedSeconds(other % 3 == 0 ? KEPT : 0)
                .build();
    }

    private Throwable broken(String call) {
        if (call.startsWith("archive")) {
            return SimulatedArchive.unavailable();
        }
        if (!call.equals("write") && !call.equals("read")) {
            return SimulatedHost.unavailable();
        }
        return when() == Faults.When.BEFORE && call.equals("write") && one % 2 == 0
                ? new JobStore.Conflict("as it happens")
                : new IllegalStateException("the API server does not answer");
    }

    private Optional<String> container(World world) {
        var running = world.daemons.containers(State.RUNNING);
        return running.isEmpty()
                ? Optional.empty()
                : Optional.of(running.get(one % running.size()).id());
    }

    /** One that is bound to a container that was not started. */
    private Optional<String> notStarted(World world) {
        var bound = world.daemons.containers(State.CREATED).stream()
                .map(container -> container.labels().get(JobLabels.JOB_UID))
                .filter(uid -> world.api.byUid(uid).filter(JobPhases::bound).isPresent())
                .toList();
        return bound.isEmpty() ? Optional.empty() : Optional.of(bound.get(one % bound.size()));
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
