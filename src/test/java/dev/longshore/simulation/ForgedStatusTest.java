package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.AllowedNamespaces;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.HostPolicyBuilder;
import dev.longshore.api.JobHost;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.job.JobPhases;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statuses that someone else has written reach no container and no host beyond what the job may use. */
class ForgedStatusTest {
    private final World world = new World(new Random(1), 1, 1);
    private final String honest = world.hosts().get(0);

    @BeforeEach
    void connect() {
        world.schedule.pass(Duration.ofSeconds(5));
    }

    private String submit(String host) {
        var uid = world.submit(1, 0, host, null, null);
        world.schedule.pass(Duration.ofSeconds(5));
        return uid;
    }

    private Map<String, String> labels(String uid, String host, int attempt) {
        return ForgedContainer.labels(world.api.job(uid), host, attempt);
    }

    private boolean isThere(String id) {
        return List.of(State.values()).stream()
                .flatMap(state -> world.daemons.containers(state).stream())
                .anyMatch(container -> container.id().equals(id));
    }

    @Test
    void aContainerThatAForgedStatusNamesIsNeitherStartedNorStoppedNorReadNorRemoved() {
        world.cordon(honest, true);
        for (var state : State.values()) {
            var victim = "victim-" + state;
            ForgedContainer.inject(world, honest, victim, state, ForgedContainer.NOT_OURS);
            var uid = submit(honest);
            bind(uid, victim, honest);
            assertThat(world.api.job(uid).getStatus().phase()).isEqualTo(JobPhase.FAILED);
            assertThat(world.api.job(uid).getStatus().reason()).isEqualTo(JobReason.CONTAINER_LOST);
            assertThat(world.api.job(uid).getStatus().message()).contains(victim, "is ignored", "labels");
            assertThat(world.api.job(uid).getStatus().logs()).isNull();
            assertThat(isThere(victim)).isTrue();
            world.delete(uid);
            world.schedule.pass(Duration.ofMinutes(1));
            assertThat(isThere(victim)).isTrue();
            assertThat(world.api.byUid(uid)).isEmpty();
        }
        assertThat(world.starts()).isZero();
    }

    private void bind(String uid, String container, String host) {
        var key = host.split("/");
        world.api.writeStatus(
                world.api.job(uid),
                ContainerJobStatusBuilder.builder(world.api.job(uid).getStatus())
                        .phase(JobPhase.PENDING)
                        .reason(JobReason.STARTING)
                        .host(new JobHost(key[0], key[1]))
                        .attempt(1)
                        .containerID(container)
                        .containerName(container)
                        .effective(ContainerTemplateSpecBuilder.builder()
                                .image("busybox:stable")
                                .build())
                        .build());
        world.schedule.pass(Duration.ofSeconds(5));
    }

    @Test
    void aStatusThatSaysHalfOfABindingEndsTheJobAndNothingElse() {
        world.cordon(honest, true);
        ForgedContainer.inject(world, honest, "victim", State.RUNNING, ForgedContainer.NOT_OURS);
        var uid = submit(honest);
        world.api.writeStatus(
                world.api.setFinalizer(world.api.job(uid), true),
                ContainerJobStatusBuilder.builder(world.api.job(uid).getStatus())
                        .phase(JobPhase.RUNNING)
                        .containerID("victim")
                        .build());
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(world.api.job(uid).getStatus().phase()).isEqualTo(JobPhase.FAILED);
        assertThat(world.api.job(uid).getStatus().message()).contains("who else writes the status");
        assertThat(isThere("victim")).isTrue();
    }

    @Test
    void anAttemptThatNoJobComesToIsNotTakenForOne() {
        world.cordon(honest, true);
        for (var attempt : List.of(Integer.MAX_VALUE, Integer.MIN_VALUE)) {
            var uid = submit(honest);
            world.api.writeStatus(
                    world.api.job(uid),
                    ContainerJobStatusBuilder.builder(world.api.job(uid).getStatus())
                            .attempt(attempt)
                            .build());
            world.cordon(honest, false);
            world.schedule.pass(Duration.ofSeconds(5));
            world.daemons.containers(State.RUNNING).forEach(container -> world.daemons.exit(container.id(), 0));
            world.schedule.pass(Duration.ofMinutes(2));
            assertThat(JobPhases.finished(world.api.job(uid))).isTrue();
            assertThat(world.daemons.containers(State.CREATED)).isEmpty();
            assertThat(world.daemons.containers(State.EXITED)).isEmpty();
            world.cordon(honest, true);
        }
    }

    @Test
    void anEndThatIsOnlyWrittenGivesNoSlotOn() {
        var running = world.submit(
                honest,
                spec -> spec.template(ContainerTemplateSpecBuilder.builder()
                        .image("busybox:stable")
                        .autoRemove(false)
                        .build()));
        world.schedule.pass(Duration.ofSeconds(5));
        world.api.writeStatus(
                world.api.job(running),
                ContainerJobStatusBuilder.builder(world.api.job(running).getStatus())
                        .phase(JobPhase.COMPLETED)
                        .reason(JobReason.COMPLETED)
                        .build());
        var waiting = submit(honest);
        world.operators.connect(honest);
        world.schedule.pass(Duration.ofMinutes(1));
        assertThat(world.daemons.containers(State.RUNNING)).hasSize(1);
        assertThat(world.api.job(waiting).getStatus().reason()).isEqualTo(JobReason.WAITING_FOR_SLOT);
        world.daemons.exit(world.daemons.containers(State.RUNNING).get(0).id(), 0);
        world.schedule.pass(Duration.ofSeconds(20));
        assertThat(world.api.job(waiting).getStatus().phase()).isEqualTo(JobPhase.RUNNING);
    }

    @Test
    void aHostThatAStatusNamesIsAskedAgainBeforeTheStart() {
        var elsewhere = World.STRANGE_NAMESPACE + "/shared";
        world.addHost(elsewhere, spec -> spec.allowedNamespaces(new AllowedNamespaces(null, null)));
        world.cordon(honest, true);
        var uid = submit(honest);
        ForgedContainer.inject(world, elsewhere, "made", State.CREATED, labels(uid, elsewhere, 1));
        bind(uid, "made", elsewhere);
        assertThat(world.api.job(uid).getStatus().reason()).isEqualTo(JobReason.HOST_NOT_ALLOWED);
        assertThat(world.starts()).isZero();
    }

    @Test
    void aPolicyIsAskedAgainBeforeTheStart() {
        world.cordon(honest, true);
        var uid = submit(honest);
        ForgedContainer.inject(world, honest, "made", State.CREATED, labels(uid, honest, 1));
        bind(uid, "made", honest);
        assertThat(world.api.job(uid).getStatus().reason()).isEqualTo(JobReason.HOST_INACTIVE);
        world.changeHost(
                honest,
                spec -> spec.active(true)
                        .policy(HostPolicyBuilder.builder()
                                .allowedImages(List.of("another"))
                                .build()));
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(world.api.job(uid).getStatus().reason()).isEqualTo(JobReason.POLICY_DENIED);
        assertThat(world.starts()).isZero();
    }
}
