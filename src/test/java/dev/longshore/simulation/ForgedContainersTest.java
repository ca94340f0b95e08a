package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.AllowedNamespaces;
import dev.longshore.api.HostJobs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.NamespacesFrom;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshot.State;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.job.JobLabels;
import dev.longshore.job.queue.Room;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Daemons that make up containers reach no other host. */
class ForgedContainersTest {
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

    private Map<String, String> labels(String uid, String host, int attempt) {
        return ForgedContainer.labels(world.api.job(uid), host, attempt);
    }

    @Test
    void aContainerOfAnotherHostIsNotRemovedBecauseADaemonClaimsToHaveIt() {
        var finished = submit(honest);
        world.daemons.exit(world.daemons.containers(State.RUNNING).get(0).id(), 0);
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(world.api.job(finished).getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        ForgedContainer.inject(world, honest, "victim", State.RUNNING, ForgedContainer.NOT_OURS);
        for (var host : world.hosts()) {
            ForgedContainer.inject(world, lying, "forged", State.CREATED, labels(finished, host, 1));
        }
        // The same ID, as an honest daemon and one that is not have it.
        world.daemons.destroyByHand("forged");
        world.daemons
                .of(lying)
                .inject(ContainerSnapshotBuilder.builder(
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
        ForgedContainer.inject(world, lying, "taken", State.RUNNING, labels(running, honest, 1));
        ForgedContainer.inject(world, lying, "moved", State.RUNNING, labels(running, lying, 1));
        ForgedContainer.inject(world, lying, "made", State.RUNNING, labels(waiting, lying, 1));
        assertThat(world.jobsOf(honest)).isEqualTo(new HostJobs(1, 1));
        assertThat(world.api.job(waiting).getStatus().reason()).isEqualTo(JobReason.WAITING_FOR_SLOT);
        assertThat(world.starts()).isEqualTo(1);
        world.daemons.exit(labelled(running), 0);
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(world.api.job(waiting).getStatus().phase()).isEqualTo(JobPhase.RUNNING);
    }

    private String labelled(String uid) {
        return world.daemons.containers(State.RUNNING).stream()
                .filter(container -> container.labels().equals(labelsAsCreated(uid)))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private Map<String, String> labelsAsCreated(String uid) {
        var labels = new HashMap<>(labels(uid, honest, 1));
        labels.put(JobLabels.TEMPLATE, "");
        labels.put(JobLabels.ROOM, Room.NONE.label());
        labels.put(JobLabels.LOG_ARCHIVE, Integer.toString(100 << 20));
        return labels;
    }

    @Test
    void anEventOfAnotherHostDropsNoContainerThatWasMadeAhead() {
        submit(honest);
        var waiting = submit(honest);
        var preCreated = world.daemons.containers(State.CREATED).get(0).id();
        world.claim(lying, new ContainerEvent(preCreated, "destroy", Instant.EPOCH, labels(waiting, lying, 1)));
        world.schedule.pass(Duration.ofSeconds(5));
        assertThat(world.daemons.containers(State.CREATED))
                .extracting(ContainerSnapshot::id)
                .containsExactly(preCreated);
    }

    @ParameterizedTest
    @CsvSource({"team,true", "strangers,true", "others,false"})
    void theLogOfAJobThatIsGoneIsArchivedOnlyForANamespaceThatItsHostAdmits(String namespace, boolean archived) {
        var world = new World(new Random(1), true, 1);
        var host = world.hosts().get(0);
        world.changeHost(
                host,
                spec -> spec.allowedNamespaces(new AllowedNamespaces(
                        NamespacesFrom.SELECTOR,
                        new LabelSelectorBuilder()
                                .addToMatchLabels("kubernetes.io/metadata.name", World.STRANGE_NAMESPACE)
                                .build())));
        world.schedule.pass(Duration.ofSeconds(5));
        var gone = Resources.job(namespace, "gone", Instant.EPOCH, host, spec -> spec);
        var labels = new HashMap<>(ForgedContainer.labels(gone, host, 1));
        labels.put(JobLabels.LOG_ARCHIVE, Integer.toString(100 << 20));
        ForgedContainer.inject(world, host, "forged", State.EXITED, labels);
        assertThat(world.archive.has(new ArchiveKey(namespace, "gone", "uid-gone", 1)))
                .isEqualTo(archived);
        assertThat(world.daemons.containers(State.EXITED)).isEmpty();
    }
}
