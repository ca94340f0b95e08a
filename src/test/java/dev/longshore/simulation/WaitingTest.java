package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.HostJobs;
import dev.longshore.api.HostPolicyBuilder;
import dev.longshore.api.ImagePullPolicy;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.job.JobPhases;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What changes around a job that waits. */
class WaitingTest {
    private static final ContainerTemplateSpec TEMPLATE =
            ContainerTemplateSpecBuilder.builder().image("busybox:stable").build();

    private final World world = new World(new Random(1), 1, 1);
    private final String first = world.hosts().get(0);
    private final String second = world.hosts().get(1);

    @BeforeEach
    void connect() {
        world.schedule.pass(Duration.ofSeconds(5));
    }

    /** @param host null: either */
    private String submit(String host) {
        var uid = world.submit(host, job -> job.template(TEMPLATE));
        world.schedule.pass(Duration.ofSeconds(5));
        return uid;
    }

    private String host(String uid) {
        return "team/" + world.api.job(uid).getStatus().host().name();
    }

    @Test
    void whatWaitsForTheEndOfACordonIsInTheHostsQueue() {
        world.cordon(first, true);
        var uids = List.of(submit(first), submit(first), submit(first));
        submit(null);

        assertThat(world.api.reason(uids.get(0))).isEqualTo(JobReason.HOST_INACTIVE);
        assertThat(world.jobsOf(first)).isEqualTo(new HostJobs(0, 3));

        world.deleteWithoutUs(uids.get(2));
        world.schedule.pass(Duration.ofMinutes(1));
        assertThat(world.jobsOf(first)).isEqualTo(new HostJobs(0, 2));

        world.cordon(first, false);
        world.schedule.pass(Duration.ofSeconds(10));
        assertThat(world.jobsOf(first)).isEqualTo(new HostJobs(1, 1));
    }

    @Test
    void aSelectorsJobWaitsForTheHostThatAllowsItToComeBack() {
        world.changeHost(
                first,
                spec -> spec.policy(HostPolicyBuilder.builder()
                        .allowedImages(List.of("another"))
                        .build()));
        world.operators.loseConnection(second);
        var job = submit(null);
        assertThat(world.api.reason(job)).isEqualTo(JobReason.NO_MATCHING_HOST);
        world.operators.connect(second);
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(host(job)).isEqualTo(second);
        world.endWell();
    }

    @Test
    void aSelectorsJobThatNoHostAllowsFails() {
        world.hosts()
                .forEach(host -> world.changeHost(
                        host,
                        spec -> spec.policy(HostPolicyBuilder.builder()
                                .allowedImages(List.of("another"))
                                .build())));
        assertThat(world.api.reason(submit(null))).isEqualTo(JobReason.POLICY_DENIED);
    }

    @Test
    void whatRunsOfAJobThatWasDeletedWithoutUsIsStoppedWithinAMinuteThoughItsHostIsNotListed() {
        var running = submit(first);
        var waiting = submit(first);
        assertThat(world.daemons.containers(State.RUNNING)).hasSize(1);
        assertThat(world.daemons.containers(State.CREATED)).hasSize(1);
        world.deleteWithoutUs(running);
        world.deleteWithoutUs(waiting);
        world.schedule.pass(Duration.ofMinutes(1));
        assertThat(world.daemons.containers(State.RUNNING)).isEmpty();
        assertThat(world.daemons.containers(State.CREATED)).isEmpty();
        assertThat(world.jobsOf(first)).isEqualTo(new HostJobs(0, 0));
    }

    @Test
    void aJobThatIsSuspendedWhileItsImageIsPulledHoldsUpNoOne() {
        var job = world.submit(
                first,
                spec -> spec.priority(1)
                        .template(ContainerTemplateSpecBuilder.builder(TEMPLATE)
                                .imagePullPolicy(ImagePullPolicy.ALWAYS)
                                .build()));
        world.schedule.pass(Duration.ofSeconds(2));
        assertThat(world.api.reason(job)).isEqualTo(JobReason.PULLING_IMAGE);
        world.api.edit(job, spec -> spec.suspend(true));
        world.schedule.pass(Duration.ofSeconds(2));
        assertThat(world.api.reason(job)).isEqualTo(JobReason.SUSPENDED);
        submit(first);
        assertThat(world.daemons.containers(State.RUNNING)).hasSize(1);
        world.endWell();
    }

    @Test
    void fewerSlotsHoldForThoseThatAreStillMade() {
        world.changeHost(first, spec -> spec.maxConcurrentJobs(2));
        for (var jobs = 0; jobs < 2; jobs++) {
            world.submit(
                    first,
                    spec -> spec.template(ContainerTemplateSpecBuilder.builder(TEMPLATE)
                            .imagePullPolicy(ImagePullPolicy.ALWAYS)
                            .build()));
        }
        world.schedule.pass(Duration.ofSeconds(5));
        world.changeHost(first, spec -> spec.maxConcurrentJobs(1));
        world.schedule.pass(Duration.ofMinutes(1));
        assertThat(world.daemons.containers(State.RUNNING)).hasSize(1);
        world.endWell();
    }

    @Test
    void aJobWhoseContainerCannotBeRemovedGoesWhenItsTimeHasCome() {
        var job = world.submit(first, spec -> spec.template(TEMPLATE).ttlSecondsAfterFinished(60));
        world.schedule.pass(Duration.ofSeconds(5));
        world.daemons.exit(world.daemons.containers(State.RUNNING).get(0).id(), 0);
        while (!JobPhases.finished(world.api.job(job))) {
            world.schedule.steps(1);
        }
        world.operators.loseConnection(first);
        world.schedule.pass(Duration.ofSeconds(30));
        assertThat(world.daemons.containers(State.EXITED)).hasSize(1);
        world.schedule.pass(Duration.ofSeconds(60));
        assertThat(world.api.byUid(job)).isEmpty();
        world.endWell();
    }

    @Test
    void theFirstInOrderIsTheFirstAfterARestartWheneverItsHostIsReady() {
        for (var seed = 0; seed < 300; seed++) {
            var restarted = new World(new Random(seed), 1);
            restarted.operators.kill();
            var last = restarted.submit(first, job -> job.template(TEMPLATE).priority(5));
            var next = restarted.submit(first, job -> job.template(TEMPLATE).priority(1));
            restarted.operators.start();
            restarted.schedule.pass(Duration.ofSeconds(5));
            assertThat(restarted.api.byUid(next).orElseThrow().getStatus().phase())
                    .as("with seed %d, the phase of the first", seed)
                    .isEqualTo(JobPhase.RUNNING);
            assertThat(restarted.api.byUid(last).orElseThrow().getStatus().phase())
                    .isEqualTo(JobPhase.PENDING);
        }
    }
}
