package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.AllowedNamespaces;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.HostPolicyBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.NamespacesFrom;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.job.JobLabels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Daemons that refuse to create or start for reasons of their own, beside one that is well. */
class RefusingHostTest {
    private static final Set<String> CREATE = Set.of("create");
    private static final Set<String> START = Set.of("start");

    private final World world = new World(new Random(1), 2, 1);
    private final String broken = world.hosts().get(0);
    private final String good = world.hosts().get(1);

    @BeforeEach
    void connect() {
        world.schedule.pass(Duration.ofSeconds(5));
    }

    /** @param host null: either */
    private String submit(String host, String program) {
        return submit(host, program, 0);
    }

    private String submit(String host, String program, int retries) {
        var uid = world.submit(host, job -> job.template(Resources.program(program, retries)));
        world.schedule.pass(Duration.ofMillis(500));
        return uid;
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "start"})
    void aJobWaitsForAHostThatHasNoSpaceAndSpendsNoRetry(String call) {
        world.daemons.of(broken).refusals.of(Set.of(call));
        var job = submit(broken, "true");
        assertThat(world.api.reason(job)).isEqualTo(JobReason.HOST_REFUSED);
        assertThat(world.api.job(job).getStatus().message()).contains("no space left on device");
        world.schedule.pass(Duration.ofMinutes(2));
        assertThat(world.api.phase(job)).isEqualTo(JobPhase.PENDING);
        world.daemons.of(broken).refusals.none();
        world.schedule.pass(Duration.ofMinutes(1));
        assertThat(world.api.phase(job)).isEqualTo(JobPhase.RUNNING);
        assertThat(world.api.job(job).getStatus().attempt()).isEqualTo(1);
        assertThat(world.starts()).isEqualTo(1);
        world.endWell();
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "start"})
    void aJobThatIsRefusedTenTimesFailsAndIsRetriedAsItSays(String call) {
        world.daemons.of(broken).refusals.of(Set.of(call));
        var job = submit(broken, "true", 1);
        while (world.api.reason(job) != JobReason.RETRY_BACKOFF) {
            assertThat(world.api.reason(job)).isIn(JobReason.HOST_REFUSED, JobReason.STARTING);
            world.schedule.pass(Duration.ofSeconds(1));
        }
        assertThat(world.daemons.of(broken).refusals.count()).isEqualTo(10);
        assertThat(world.api.job(job).getStatus().attempts())
                .extracting(attempt -> attempt.reason())
                .containsExactly(call.equals("create") ? JobReason.CREATE_FAILED : JobReason.START_FAILED);
        assertThat(world.api.job(job).getStatus().message()).contains("refused 10 times");
        world.schedule.pass(Duration.ofMinutes(10));
        assertThat(world.api.phase(job)).isEqualTo(JobPhase.FAILED);
        assertThat(world.api.job(job).getStatus().exitCode()).isNull();
        assertThat(world.daemons.containers(State.CREATED)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "start"})
    void anIdleBrokenHostFailsNoneOfASelectorsJobsBesideAGoodOne(String call) {
        world.daemons.of(broken).refusals.of(Set.of(call));
        var jobs = new ArrayList<String>();
        for (var number = 0; number < 20; number++) {
            jobs.add(submit(null, number % 2 == 0 ? "same" : "other-" + number));
        }
        for (var minute = 0; minute < 40; minute++) {
            world.schedule.pass(Duration.ofMinutes(1));
            world.daemons.containers(State.RUNNING).forEach(container -> world.daemons.exit(container.id(), 0));
        }
        world.schedule.pass(Duration.ofMinutes(1));
        assertThat(jobs).extracting(world.api::phase).containsOnly(JobPhase.COMPLETED);
        assertThat(jobs)
                .allSatisfy(job ->
                        assertThat(world.api.job(job).getStatus().host().name()).isEqualTo(good.split("/")[1]));
        assertThat(world.starts()).isEqualTo(20);
        world.daemons.of(broken).refusals.none();
        world.endWell();
    }

    @Test
    void jobsThatNoHostCanStartHoldUpTheirOwnKindAlone() {
        var ours = new ArrayList<String>();
        world.daemons
                .of(broken)
                .refusals
                .of(START, "unable to find user nobody-knows", labels -> ours.contains(labels.get(JobLabels.JOB_UID)));
        for (var number = 0; number < 5; number++) {
            ours.add("uid-job-" + number);
            submit(broken, "bad");
        }
        world.schedule.pass(Duration.ofSeconds(10));
        assertThat(ours).extracting(world.api::reason).containsOnly(JobReason.HOST_REFUSED);
        assertThat(world.operators.leader().refusalOf(broken)).isEmpty();
        var well = List.of(submit(broken, "well"), submit(broken, "well"));
        world.schedule.pass(Duration.ofSeconds(2));
        assertThat(well).extracting(world.api::phase).containsOnly(JobPhase.RUNNING);
        // One of them tries at a time, so that ten more cost the host no more than one.
        assertThat(world.daemons.of(broken).refusals.count()).isLessThanOrEqualTo(5 + 4);
        world.daemons.containers(State.RUNNING).forEach(container -> world.daemons.exit(container.id(), 0));
        world.schedule.pass(Duration.ofMinutes(12));
        assertThat(ours).extracting(world.api::reason).containsOnly(JobReason.START_FAILED);
    }

    @Test
    void aHostThatRefusesWhateverItIsAskedIsDegradedAndGetsOneJobAtATimeUntilOneStarts() {
        world.daemons.of(broken).refusals.of(CREATE);
        submit(broken, "one");
        assertThat(world.operators.leader().refusalOf(broken)).isEmpty();
        var other = submit(broken, "other");
        assertThat(world.operators.leader().refusalOf(broken))
                .hasValueSatisfying(message -> assertThat(message).contains("no space left on device"));
        var last = "";
        for (var number = 0; number < 30; number++) {
            last = submit(broken, "more-" + number);
        }
        world.schedule.pass(Duration.ofMinutes(5));
        assertThat(world.api.job(last).getStatus().message())
                .isEqualTo("queued: DockerHost " + broken + " is degraded, and starts one job at a time");
        assertThat(world.daemons.of(broken).refusals.count()).isLessThan(20);
        // It ranks last among those that may be chosen.
        var chosen = submit(null, "chosen");
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(world.api.job(chosen).getStatus().host().name()).isEqualTo(good.split("/")[1]);
        world.daemons.of(broken).refusals.none();
        world.schedule.pass(Duration.ofMinutes(2));
        assertThat(world.operators.leader().refusalOf(broken)).isEmpty();
        assertThat(world.daemons.of(broken).containers(State.RUNNING)).hasSize(2);
        assertThat(world.api.job(other).getStatus().attempts()).hasSizeLessThanOrEqualTo(1);
        world.endWell();
    }

    private void submitMistakes(int count) {
        world.daemons
                .of(broken)
                .refusals
                .of(
                        START,
                        "unable to find user nobody-knows",
                        labels -> labels.get(JobLabels.NAMESPACE).equals(World.NAMESPACE));
        for (var number = 0; number < count; number++) {
            submit(broken, "mistake-" + number);
        }
    }

    private String submitAsStranger(String image) {
        return world.submitAs(
                World.STRANGE_NAMESPACE,
                broken,
                job -> job.template(
                        ContainerTemplateSpecBuilder.builder().image(image).build()));
    }

    @Test
    void whatOneNamespaceAsksForKeepsNoOtherWaiting() {
        world.changeHost(broken, host -> host.allowedNamespaces(new AllowedNamespaces(NamespacesFrom.ALL, null)));
        submitMistakes(100);
        world.schedule.pass(Duration.ofMinutes(3));
        assertThat(world.operators.leader().refusalOf(broken)).isPresent();
        for (var number = 0; number < 5; number++) {
            var other = submitAsStranger("busybox:stable");
            world.schedule.pass(Duration.ofSeconds(20));
            assertThat(world.api.phase(other)).isEqualTo(JobPhase.RUNNING);
            world.daemons.containers(State.RUNNING).forEach(container -> world.daemons.exit(container.id(), 0));
        }
        assertThat(world.starts()).isEqualTo(5);
        // The mistakes themselves are not in a hurry.
        assertThat(world.daemons.of(broken).refusals.count()).isLessThan(60);
        world.daemons.of(broken).refusals.none();
        world.endWell();
    }

    @Test
    void aJobThatPullsItsImageKeepsNoOtherFromTryingADegradedHost() {
        world.changeHost(
                broken,
                host -> host.maxConcurrentJobs(3)
                        .allowedNamespaces(new AllowedNamespaces(NamespacesFrom.ALL, null))
                        .policy(HostPolicyBuilder.builder().requirePull(true).build()));
        submitMistakes(2);
        world.schedule.pass(Duration.ofMinutes(1));
        assertThat(world.operators.leader().refusalOf(broken)).isPresent();
        var pulling = submitAsStranger("busybox:stable");
        world.schedule.pass(Duration.ofSeconds(3));
        assertThat(world.api.reason(pulling)).isEqualTo(JobReason.PULLING_IMAGE);
        var other = submitAsStranger("busybox:other");
        world.schedule.pass(Duration.ofSeconds(3));
        assertThat(world.api.reason(other)).isEqualTo(JobReason.PULLING_IMAGE);
        world.schedule.pass(Duration.ofMinutes(1));
        assertThat(List.of(world.api.phase(pulling), world.api.phase(other))).containsOnly(JobPhase.RUNNING);
        world.daemons.of(broken).refusals.none();
        world.endWell();
    }
}
