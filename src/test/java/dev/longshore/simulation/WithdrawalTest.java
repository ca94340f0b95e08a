package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.Allocatable;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.Gpus;
import dev.longshore.api.HostPolicyBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.RetryPolicy;
import dev.longshore.docker.ContainerSnapshot.State;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that are bound to containers that are not to start for now: others have their room meanwhile. */
class WithdrawalTest {
    private static final String HOST = World.NAMESPACE + "/host-0";

    private final World world = new World(new Random(1), 2);

    WithdrawalTest() {
        world.changeHost(HOST, gpus("0"));
    }

    private static UnaryOperator<DockerHostSpecBuilder> gpus(String... ids) {
        return spec -> spec.allocatable(new Allocatable(null, null, List.of(ids)))
                .policy(HostPolicyBuilder.builder().allowGpus(true).build());
    }

    private String submit() {
        return world.submit(
                HOST,
                job -> job.template(ContainerTemplateSpecBuilder.builder()
                        .image("busybox:stable")
                        .retry(new RetryPolicy(0, 5, 60, null))
                        .gpus(new Gpus(null, 1, null))
                        .build()));
    }

    private void pass() {
        world.schedule.pass(Duration.ofSeconds(8));
    }

    /** A job that is bound and not started, as its host refuses that. */
    private String bound(Consumer<String> change) {
        var refusals = world.daemons.of(HOST).refusals;
        refusals.of(Set.of("start"));
        var job = submit();
        while (world.daemons.containers(State.CREATED).isEmpty()
                || world.api.job(job).getStatus().containerID() == null) {
            world.schedule.pass(Duration.ofMillis(100));
        }
        refusals.none();
        change.accept(job);
        return job;
    }

    private void suspend(String job) {
        world.api.edit(job, spec -> spec.suspend(true));
    }

    private void runs(String job) {
        assertThat(world.daemons.containers(State.RUNNING))
                .extracting(container -> container.labels().get("longshore.dev/job-uid"))
                .containsExactly(job);
    }

    /** In the middle of whatever it does, and another one starts. */
    private void restartOperator() {
        world.operators.kill();
        world.operators.start();
    }

    @Test
    void aSuspendedJobThatWasNotStartedGivesItsGpuBackAndHasOneOnItsNextTurn() {
        var job = bound(uid -> world.cordon(HOST, true));
        pass();
        assertThat(world.api.reason(job)).isEqualTo(JobReason.HOST_INACTIVE);
        suspend(job);
        world.cordon(HOST, false);
        pass();
        assertThat(world.api.reason(job)).isEqualTo(JobReason.SUSPENDED);
        assertThat(world.daemons.containers(State.CREATED)).isEmpty();
        var other = submit();
        pass();
        runs(other);
        world.api.edit(job, spec -> spec.suspend(false));
        pass();
        assertThat(world.api.reason(job)).isEqualTo(JobReason.INSUFFICIENT_CAPACITY);
        world.endWell();
    }

    /** Whenever the operator is killed, the job is neither lost nor keeps its GPU. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16})
    void noJobIsLostWhoseOperatorWasKilledAsItGaveItsRoomBack(int steps) {
        var job = bound(uid -> world.cordon(HOST, true));
        world.schedule.steps(steps);
        restartOperator();
        pass();
        assertThat(world.daemons.containers(State.CREATED)).isEmpty();
        assertThat(world.api.reason(job)).isEqualTo(JobReason.HOST_INACTIVE);
        world.cordon(HOST, false);
        pass();
        runs(job);
        world.endWell();
        assertThat(world.api.phase(job)).isEqualTo(JobPhase.COMPLETED);
    }

    @Test
    void aJobWhoseGpuIsNoMoreListedGetsAnotherOne() {
        var job = bound(uid -> world.changeHost(HOST, gpus("1")));
        pass();
        runs(job);
        assertThat(world.api.job(job).getStatus().gpus()).containsExactly("1");
    }

    @Test
    void aJobWithoutAGpuOfItsOwnGetsOneOnceItsHostListsThem() {
        world.changeHost(HOST, spec -> spec.allocatable(null));
        var job = bound(uid -> world.changeHost(HOST, gpus("0")));
        pass();
        runs(job);
        assertThat(world.api.job(job).getStatus().gpus()).containsExactly("0");
    }
}
