package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.AllowedNamespaces;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.HostJobs;
import dev.longshore.api.HostPolicyBuilder;
import dev.longshore.api.JobHost;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Daemons that make up containers, and statuses that someone else has written: neither reaches beyond its own. */
class ForgedContainersTest {
    private static final Map<String, String> NOT_OURS = Map.of("someone", "else");

    private final World world = new World(new Random(1), 1, 1);
    private final String honest = world.hosts().get(0);
    private final String lying = world.hosts().get(1);

    @BeforeEach
    void connect() {
        world.schedule.pass(Duration.ofSeconds(5));
    }

    private String submit(String host) {
        var uid = world.submit(1, 0, host, null, null);
        world.schedule.pass(Duration.ofSeconds(5));
        return uid;
    }

    private ContainerJob job(String uid) {
        return world.api.byUid(uid).orElseThrow();
    }

    private void place(String host, String id, State state, Map<String, String> labels) {
        world.daemons
                .of(host)
                .place(ContainerSnapshotBuilder.builder()
                        .id(id)
                        .name(id)
                        .state(state)
                        .error("")
                        .exitCode(state == State.EXITED ? 0 : null)
                        .startedAt(state == State.CREATED ? null : Instant.EPOCH)
                        .finishedAt(state == State.EXITED ? Instant.EPOCH : null)
                        .labels(labels)
                        .environment(Map.of())
                        .networks(List.of())
                        .build());
        world.operators.connect(host);
        world.schedule.pass(Duration.ofSeconds(40));
    }

    private Map<String, String> labels(String uid, String host, int attempt) {
        var job = job(uid).getMetadata();
        var labels = new HashMap<>(JobLabels.ofHost(World.INSTANCE, host));
        labels.put(JobLabels.NAMESPACE, job.getNamespace());
        labels.put(JobLabels.JOB, job.getName());
        labels.put(JobLabels.JOB_UID, uid);
        labels.put(JobLabels.ATTEMPT, Integer.toString(attempt));
        return labels;
    }

    private boolean isThere(String id) {
        return List.of(State.values()).stream()
                .flatMap(state -> world.daemons.containers(state).stream())
                .anyMatch(container -> container.id().equals(id));
    }

    @Test
    void aContainerOfAnotherHostIsNotRemovedBecauseADaemonClaimsToHaveIt() {
        var finished = submit(honest);
        world.daemons.exit(world.daemons.containers(State.RUNNING).get(0).id(), 0);
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(job(finished).getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        place(honest, "victim", State.RUNNING, NOT_OURS);
        for (var host : world.hosts()) {
            place(lying, "forged", State.CREATED, labels(finished, host, 1));
        }
        // The same ID, as an honest daemon and one that is not have it.
        world.daemons.destroyByHand("forged");
        world.daemons
                .of(lying)
                .place(ContainerSnapshotBuilder.builder(
                                world.daemons.containers(State.RUNNING).get(0))
                        .state(State.EXITED)
                        .labels(labels(finished, honest, 1))
                        .build());
        world.operators.connect(lying);
        world.schedule.pass(Duration.ofMinutes(2));
        assertThat(world.daemons.containers(State.RUNNING))
                .extracting(ContainerSnapshot::id)
                .containsExactly("victim");
    }

    @Test
    void aDaemonTakesAndGivesNoSlotOfAnotherHost() {
        var running = submit(honest);
        var waiting = submit(honest);
        place(lying, "taken", State.RUNNING, labels(running, honest, 1));
        place(lying, "moved", State.RUNNING, labels(running, lying, 1));
        place(lying, "made", State.RUNNING, labels(waiting, lying, 1));
        assertThat(world.jobsOf(honest)).isEqualTo(new HostJobs(1, 1));
        assertThat(job(waiting).getStatus().reason()).isEqualTo(JobReason.WAITING_FOR_SLOT);
        assertThat(world.starts()).isEqualTo(1);
        world.daemons.exit(labelled(running), 0);
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(job(waiting).getStatus().phase()).isEqualTo(JobPhase.RUNNING);
    }

    private String labelled(String uid) {
        return world.daemons.containers(State.RUNNING).stream()
                .filter(container -> container.labels().equals(labelsAsMade(uid)))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private Map<String, String> labelsAsMade(String uid) {
        var labels = new HashMap<>(labels(uid, honest, 1));
        labels.put(JobLabels.TEMPLATE, "");
        return labels;
    }

    @Test
    void anEventOfAnotherHostDropsNoContainerThatWasMadeAhead() {
        submit(honest);
        var waiting = submit(honest);
        var ahead = world.daemons.containers(State.CREATED).get(0).id();
        world.claim(lying, new ContainerEvent(ahead, "destroy", Instant.EPOCH, labels(waiting, lying, 1)));
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(world.daemons.containers(State.CREATED))
                .extracting(ContainerSnapshot::id)
                .containsExactly(ahead);
    }

    @Test
    void aContainerThatAForgedStatusNamesIsNeitherStartedNorStoppedNorReadNorRemoved() {
        world.cordon(honest, true);
        for (var state : State.values()) {
            var victim = "victim-" + state;
            place(honest, victim, state, NOT_OURS);
            var uid = submit(honest);
            bind(uid, victim, honest);
            assertThat(job(uid).getStatus().phase()).isEqualTo(JobPhase.FAILED);
            assertThat(job(uid).getStatus().reason()).isEqualTo(JobReason.CONTAINER_LOST);
            assertThat(job(uid).getStatus().message()).contains(victim, "left alone", "labels");
            assertThat(job(uid).getStatus().logs()).isNull();
            assertThat(isThere(victim)).isTrue();
            world.api.markForDeletion(uid);
            world.schedule.pass(Duration.ofMinutes(1));
            assertThat(isThere(victim)).isTrue();
            assertThat(world.api.byUid(uid)).isEmpty();
        }
        assertThat(world.starts()).isZero();
    }

    private void bind(String uid, String container, String host) {
        var key = host.split("/");
        world.api.writeStatus(
                job(uid),
                ContainerJobStatusBuilder.builder(job(uid).getStatus())
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
        place(honest, "victim", State.RUNNING, NOT_OURS);
        var uid = submit(honest);
        world.api.writeStatus(
                job(uid),
                ContainerJobStatusBuilder.builder(job(uid).getStatus())
                        .phase(JobPhase.RUNNING)
                        .containerID("victim")
                        .build());
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(job(uid).getStatus().phase()).isEqualTo(JobPhase.FAILED);
        assertThat(job(uid).getStatus().message()).contains("who else writes the status");
        assertThat(isThere("victim")).isTrue();
    }

    @Test
    void anAttemptThatNoJobComesToIsNotTakenForOne() {
        world.cordon(honest, true);
        for (var attempt : List.of(Integer.MAX_VALUE, Integer.MIN_VALUE)) {
            var uid = submit(honest);
            world.api.writeStatus(
                    job(uid),
                    ContainerJobStatusBuilder.builder(job(uid).getStatus())
                            .attempt(attempt)
                            .build());
            world.cordon(honest, false);
            world.schedule.pass(Duration.ofSeconds(5));
            world.daemons.containers(State.RUNNING).forEach(container -> world.daemons.exit(container.id(), 0));
            world.schedule.pass(Duration.ofMinutes(2));
            assertThat(JobPhases.finished(job(uid))).isTrue();
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
                job(running),
                ContainerJobStatusBuilder.builder(job(running).getStatus())
                        .phase(JobPhase.COMPLETED)
                        .reason(JobReason.COMPLETED)
                        .build());
        var waiting = submit(honest);
        world.operators.connect(honest);
        world.schedule.pass(Duration.ofMinutes(1));
        assertThat(world.daemons.containers(State.RUNNING)).hasSize(1);
        assertThat(job(waiting).getStatus().reason()).isEqualTo(JobReason.WAITING_FOR_SLOT);
        world.daemons.exit(world.daemons.containers(State.RUNNING).get(0).id(), 0);
        world.schedule.pass(Duration.ofSeconds(20));
        assertThat(job(waiting).getStatus().phase()).isEqualTo(JobPhase.RUNNING);
    }

    @Test
    void aHostThatAStatusNamesIsAskedAgainBeforeTheStart() {
        var elsewhere = World.STRANGE_NAMESPACE + "/shared";
        world.addHost(elsewhere, spec -> spec.allowedNamespaces(new AllowedNamespaces(null, null)));
        world.cordon(honest, true);
        var uid = submit(honest);
        place(elsewhere, "made", State.CREATED, labels(uid, elsewhere, 1));
        bind(uid, "made", elsewhere);
        assertThat(job(uid).getStatus().reason()).isEqualTo(JobReason.HOST_NOT_ALLOWED);
        assertThat(world.starts()).isZero();
    }

    @Test
    void aPolicyIsAskedAgainBeforeTheStart() {
        world.cordon(honest, true);
        var uid = submit(honest);
        place(honest, "made", State.CREATED, labels(uid, honest, 1));
        bind(uid, "made", honest);
        assertThat(job(uid).getStatus().reason()).isEqualTo(JobReason.HOST_INACTIVE);
        world.changeHost(
                honest,
                spec -> spec.active(true)
                        .policy(HostPolicyBuilder.builder()
                                .allowedImages(List.of("another"))
                                .build()));
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(job(uid).getStatus().reason()).isEqualTo(JobReason.POLICY_DENIED);
        assertThat(world.starts()).isZero();
    }
}
