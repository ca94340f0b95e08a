package dev.longshore.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.Allocatable;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.DockerHostStatusBuilder;
import dev.longshore.api.EngineStatusBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoomWarningsTest {
    private final List<String> recorded = new ArrayList<>();
    private final Set<ResourceID> enqueued = new LinkedHashSet<>();
    private final Map<ResourceID, DockerHost> hosts = new HashMap<>();
    private final RoomWarnings warnings = new RoomWarnings(
            (host, type, reason, message) -> recorded.add("%s/%s %s %s: %s"
                    .formatted(
                            host.getMetadata().getNamespace(),
                            host.getMetadata().getName(),
                            type,
                            reason,
                            message)),
            enqueued::add);

    /** Of 8 CPUs and 16 GiB. */
    private static DockerHost host(String namespace, String name, String engine, Allocatable allocatable) {
        var host = new DockerHost();
        host.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        host.setSpec(DockerHostSpecBuilder.builder().allocatable(allocatable).build());
        host.setStatus(DockerHostStatusBuilder.builder()
                .engine(EngineStatusBuilder.builder()
                        .id(engine)
                        .cpus(8)
                        .memory(new Quantity("17179869184"))
                        .build())
                .build());
        return host;
    }

    private static DockerHost withGpus(String namespace, String name, String engine, String... gpus) {
        return host(namespace, name, engine, new Allocatable(null, null, List.of(gpus)));
    }

    private static DockerHost with(String cpu, String memory) {
        return host("team", "a", "E", new Allocatable(quantity(cpu), quantity(memory), null));
    }

    private static Quantity quantity(String text) {
        return text == null ? null : new Quantity(text);
    }

    /** And whatever that enqueues; returns what was recorded. */
    private List<String> reconcile(DockerHost host) {
        recorded.clear();
        hosts.put(ResourceID.fromResource(host), host);
        warnings.reconciled(host);
        settle();
        return List.copyOf(recorded);
    }

    private void settle() {
        for (var turns = 0; !enqueued.isEmpty(); turns++) {
            assertThat(turns).as("hosts enqueue each other for ever").isLessThan(100);
            var next = enqueued.iterator().next();
            enqueued.remove(next);
            warnings.reconciled(hosts.get(next));
        }
    }

    @Test
    void moreThanTheDaemonReportsIsSaidOnceAndAgainWhenItChanges() {
        assertThat(reconcile(with("16", "64Gi")))
                .containsExactly("team/a WARNING AllocatableExceedsEngine: allocatable.cpu 16 is more than the daemon"
                        + " reports (8); allocatable.memory 64Gi is more than the daemon reports (16384Mi)");
        assertThat(reconcile(with("16", "64Gi"))).isEmpty();
        assertThat(reconcile(with("8001m", "16Gi")))
                .containsExactly("team/a WARNING AllocatableExceedsEngine: allocatable.cpu 8001m is more than the"
                        + " daemon reports (8)");
        assertThat(reconcile(with("8000m", "17179869184"))).isEmpty();
        assertThat(reconcile(with("8001m", "16Gi"))).hasSize(1);
    }

    @Test
    void whatIsNotKnownIsNotCompared() {
        assertThat(reconcile(with(null, null))).isEmpty();
        assertThat(reconcile(host("team", "a", "E", null))).isEmpty();
        var unknown = with("16", "64Gi");
        unknown.setStatus(null);
        assertThat(reconcile(unknown)).isEmpty();
        unknown.setStatus(DockerHostStatusBuilder.builder()
                .engine(EngineStatusBuilder.builder()
                        .cpus(0)
                        .memory(new Quantity("0"))
                        .build())
                .build());
        assertThat(reconcile(unknown)).isEmpty();
    }

    @Test
    void aGpuOfTwoHostsOfOneDaemonIsSaidOnBothOnce() {
        assertThat(reconcile(withGpus("team", "a", "E", "0", "1", "2"))).isEmpty();
        assertThat(reconcile(withGpus("team", "b", "E", "1", "2", "3")))
                .containsExactlyInAnyOrder(
                        "team/a WARNING DuplicateGPUs: allocatable.gpus: 1, 2 also listed by DockerHost b with the same"
                                + " engine ID: jobs of each may use the same GPU at once",
                        "team/b WARNING DuplicateGPUs: allocatable.gpus: 1, 2 also listed by DockerHost a with the same"
                                + " engine ID: jobs of each may use the same GPU at once");
        assertThat(reconcile(withGpus("team", "a", "E", "0", "1", "2"))).isEmpty();
        assertThat(reconcile(withGpus("team", "b", "E", "2", "1", "3"))).isEmpty();
        assertThat(reconcile(withGpus("team", "b", "E", "3"))).isEmpty();
        assertThat(reconcile(withGpus("team", "b", "E", "0")))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event).contains("gpus: 0 also"));
    }

    @Test
    void otherDaemonsAndOtherGpusAreNoConflict() {
        reconcile(withGpus("team", "a", "E", "0"));
        assertThat(reconcile(withGpus("team", "b", "F", "0"))).isEmpty();
        assertThat(reconcile(withGpus("team", "c", "E", "1"))).isEmpty();
        // None that tell which daemon they are.
        assertThat(reconcile(withGpus("team", "d", "", "0"))).isEmpty();
        assertThat(reconcile(withGpus("team", "e", null, "0"))).isEmpty();
    }

    @Test
    void aHostOfAnotherNamespaceIsNotNamed() {
        reconcile(withGpus("team", "a", "E", "0"));
        assertThat(reconcile(withGpus("secret", "hidden", "E", "0")))
                .hasSize(2)
                .allSatisfy(event ->
                        assertThat(event).contains("also listed by another DockerHost with the same engine ID"))
                .filteredOn(event -> event.startsWith("team/a"))
                .singleElement()
                .satisfies(event -> assertThat(event).doesNotContain("hidden", "secret"));
        assertThat(reconcile(withGpus("team", "b", "E", "0")))
                .anySatisfy(event -> assertThat(event)
                        .startsWith("team/b ")
                        .contains("also listed by DockerHost a, another DockerHost with"));
    }

    @Test
    void oneThatIsGoneIsNoConflictAnyMore() {
        reconcile(withGpus("team", "a", "E", "0"));
        reconcile(withGpus("team", "b", "E", "0"));
        warnings.forget(hosts.get(new ResourceID("b", "team")));
        settle();
        assertThat(reconcile(withGpus("team", "b", "E", "1"))).isEmpty();
        assertThat(reconcile(withGpus("team", "b", "E", "0"))).hasSize(2);
    }

    @Test
    void namesAFewOfMany() {
        var gpus = new ArrayList<String>();
        for (var i = 10; i < 74; i++) {
            gpus.add(String.valueOf(i));
        }
        reconcile(withGpus("team", "a", "E", gpus.toArray(String[]::new)));
        assertThat(reconcile(withGpus("team", "b", "E", gpus.toArray(String[]::new))))
                .allSatisfy(event -> assertThat(event).contains("gpus: 10, 11, 12, 13, 60 more also listed"));
    }

    @Test
    void comparesThirtyTwoHostsOfOneDaemon() {
        for (var i = 0; i < 40; i++) {
            reconcile(withGpus("team", "h" + i, "E", "0"));
        }
        assertThat(reconcile(withGpus("team", "last", "E", "0"))).isEmpty();
        warnings.forget(hosts.get(new ResourceID("h0", "team")));
        settle();
        assertThat(reconcile(withGpus("team", "last", "E", "0"))).isNotEmpty();
    }
}
