package dev.longshore.job.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.api.AllowedNamespaces;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.HostReference;
import dev.longshore.api.HostSelector;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.NamespacesFrom;
import dev.longshore.job.Blocked;
import dev.longshore.job.ClusterView;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which hosts a job may run on, and what it is told where there is none. */
class HostChoiceTest {
    private static final LabelSelector FRIENDS = new LabelSelector(null, Map.of("friend", "yes"));

    private final List<DockerHost> hosts = new ArrayList<>();
    private final Map<String, String> down = new HashMap<>();
    private final Map<String, Duration> connecting = new HashMap<>();
    private final Map<String, Duration> unreached = new HashMap<>();
    private Optional<Map<String, String>> namespaceLabels = Optional.of(Map.of());

    private final HostChoice choice = new HostChoice(new Cluster(), new Loads());

    private DockerHost host(String key, Map<String, String> labels, Consumer<DockerHostSpecBuilder> change) {
        var spans = key.split("/");
        var host = new DockerHost();
        host.setMetadata(new ObjectMetaBuilder()
                .withNamespace(spans[0])
                .withName(spans[1])
                .withLabels(labels)
                .build());
        var spec = DockerHostSpecBuilder.builder().endpoint("tcp://h:2376");
        change.accept(spec);
        host.setSpec(spec.build());
        hosts.add(host);
        return host;
    }

    private static ContainerJob job(ContainerJobSpecBuilder spec) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName("job")
                .withUid("uid")
                .withGeneration(1L)
                .build());
        job.setSpec(spec.build());
        return job;
    }

    private static ContainerJob selecting(Map<String, String> labels, String... namespaces) {
        return job(ContainerJobSpecBuilder.builder().hostSelector(new HostSelector(labels, null, List.of(namespaces))));
    }

    private static ContainerJob on(String host) {
        var spans = host.split("/");
        return job(ContainerJobSpecBuilder.builder().hostRef(new HostReference(spans[1], spans[0])));
    }

    private Blocked refusal(ContainerJob job) {
        var thrown = new ArrayList<Blocked>();
        assertThatExceptionOfType(Blocked.class)
                .isThrownBy(() -> choice.of(
                        job,
                        host -> host.getMetadata().getName().startsWith("strict")
                                ? Optional.of(
                                        "image docker.io/library/busybox:latest is not allowed (policy.allowedImages)")
                                : Optional.empty()))
                .satisfies(thrown::add);
        return thrown.get(0);
    }

    @Test
    void eachHostThatIsChosenSaysWhyItCannotTakeTheJob() {
        var gpu = Map.of("gpu", "yes");
        host("team/cordoned", gpu, spec -> spec.active(false));
        host("team/away", gpu, spec -> {});
        host("team/strict", gpu, spec -> {});
        host("team/going", gpu, spec -> {}).getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        host("team/plain", Map.of(), spec -> {});
        host("team/fine-but-away", gpu, spec -> {});
        down.put("team/away", "tcp://h:2376: nothing listens there");
        down.put("team/fine-but-away", "tcp://h:2376: no answer");
        var refusal = refusal(selecting(gpu));
        assertThat(refusal.reason()).isEqualTo(JobReason.NO_MATCHING_HOST);
        assertThat(refusal)
                .hasMessage("no DockerHost that spec.hostSelector chooses can take the job:"
                        + " team/away is unreachable: tcp://h:2376: nothing listens there;"
                        + " team/cordoned is inactive (spec.active: false);"
                        + " team/fine-but-away is unreachable: tcp://h:2376: no answer;"
                        + " team/going is being deleted;"
                        + " team/strict does not allow it: image docker.io/library/busybox:latest is not allowed"
                        + " (policy.allowedImages)");
    }

    @Test
    void whereLabelsMatchNoneTheNearestSayWhatTheyLack() {
        host("team/a", Map.of("zone", "b"), spec -> {});
        host("team/b", Map.of("gpu", "yes", "zone", "a"), spec -> {});
        var selector = new HostSelector(
                Map.of("gpu", "yes"),
                List.of(
                        new LabelSelectorRequirement("zone", "In", List.of("b", "c")),
                        new LabelSelectorRequirement("ssd", "Exists", null)),
                null);
        assertThat(refusal(job(ContainerJobSpecBuilder.builder().hostSelector(selector))))
                .hasMessage("no DockerHost has the labels of spec.hostSelector:"
                        + " team/a lacks gpu=yes, ssd; team/b lacks zone in (b, c), ssd");
    }

    @Test
    void aTenantLearnsNothingOfHostsThatDoNotAdmitIt() {
        host("others/secret", Map.of("gpu", "yes"), spec -> spec.active(false));
        host("others/open", Map.of(), spec -> spec.allowedNamespaces(new AllowedNamespaces(NamespacesFrom.ALL, null)));
        assertThat(refusal(selecting(Map.of("gpu", "yes"), "others")).getMessage())
                .contains("others/open lacks gpu=yes")
                .doesNotContain("secret", "more");
        hosts.remove(1);
        var none = refusal(selecting(Map.of("gpu", "yes"), "others")).getMessage();
        hosts.clear();
        assertThat(none)
                .isEqualTo("no DockerHost in others admits namespace team: create one there, or have one admit it"
                        + " (spec.allowedNamespaces)")
                .isEqualTo(refusal(selecting(Map.of("gpu", "yes"), "others")).getMessage());
    }

    @Test
    void whatIsSaidOfManyHostsIsBounded() {
        for (var number = 0; number < 40; number++) {
            var name = "team/" + "h".repeat(240) + number;
            host(name, Map.of(), spec -> {});
            down.put(name, "no answer ".repeat(100));
        }
        assertThat(refusal(selecting(Map.of())).getMessage())
                .hasSizeLessThan(1000)
                .endsWith("; and 35 more");
    }

    @Test
    void aHostsOwnNamespaceIsAlwaysAdmitted() {
        for (var allowed : List.of(
                new AllowedNamespaces(NamespacesFrom.SAME, null),
                new AllowedNamespaces(NamespacesFrom.ALL, null),
                new AllowedNamespaces(NamespacesFrom.SELECTOR, FRIENDS))) {
            hosts.clear();
            var own = host("team/own", Map.of(), spec -> spec.allowedNamespaces(allowed));
            assertThat(choice.of(on("team/own"), host -> Optional.empty())).containsExactly(own);
            assertThat(choice.of(selecting(Map.of()), host -> Optional.empty())).containsExactly(own);
        }
    }

    @Test
    void anotherNamespaceIsAdmittedByItsLabels() {
        var shared = host(
                "others/shared",
                Map.of(),
                spec -> spec.allowedNamespaces(new AllowedNamespaces(NamespacesFrom.SELECTOR, FRIENDS)));
        assertThat(refusal(on("others/shared")).reason()).isEqualTo(JobReason.HOST_NOT_ALLOWED);
        namespaceLabels = Optional.empty();
        assertThat(refusal(on("others/shared")).reason()).isEqualTo(JobReason.HOST_NOT_ALLOWED);
        namespaceLabels = Optional.of(Map.of("friend", "yes"));
        assertThat(choice.of(on("others/shared"), host -> Optional.empty())).containsExactly(shared);
    }

    @Test
    void aJobThatSaysNothingYetSaysThatItsHostIsBeingConnectedTo() {
        host("team/silent", Map.of(), spec -> {});
        connecting.put("team/silent", Duration.ofMillis(300));
        assertThat(refusal(on("team/silent")).reason()).isNull();
        assertThat(refusal(on("team/silent")).brief()).isEqualTo(Duration.ofMillis(700));
        connecting.put("team/silent", Duration.ofMillis(1300));
        for (var job : List.of(on("team/silent"), selecting(Map.of()))) {
            assertThat(refusal(job).reason()).isEqualTo(JobReason.HOST_UNREACHABLE);
            assertThat(refusal(job)).hasMessage("DockerHost team/silent is being connected to");
        }
    }

    @Test
    void aJobThatSaysWhyItWaitsGoesOnToSayThatForTheHostsFirstTwentySeconds() {
        host("team/silent", Map.of(), spec -> {});
        for (var job : List.of(on("team/silent"), selecting(Map.of()))) {
            job.setStatus(ContainerJobStatusBuilder.builder()
                    .phase(JobPhase.PENDING)
                    .reason(JobReason.WAITING_FOR_SLOT)
                    .message("waits")
                    .build());
            down.clear();
            connecting.put("team/silent", Duration.ofSeconds(9));
            assertThat(refusal(job).reason()).isNull();
            connecting.clear();
            down.put("team/silent", "no answer");
            unreached.put("team/silent", Duration.ofSeconds(19));
            assertThat(refusal(job).reason()).isNull();
            assertThat(refusal(job).brief()).isEqualTo(Duration.ofSeconds(1));
            unreached.put("team/silent", Duration.ofSeconds(20));
            assertThat(refusal(job).reason()).isIn(JobReason.HOST_UNREACHABLE, JobReason.NO_MATCHING_HOST);
            // Nobody waits for a host that was lost.
            unreached.clear();
            assertThat(refusal(job).reason()).isIn(JobReason.HOST_UNREACHABLE, JobReason.NO_MATCHING_HOST);
        }
    }

    private final class Cluster implements ClusterView {
        @Override
        public Optional<DockerHost> host(String namespace, String name) {
            return hosts(namespace).stream()
                    .filter(host -> host.getMetadata().getName().equals(name))
                    .findFirst();
        }

        @Override
        public List<DockerHost> hosts(String namespace) {
            return hosts.stream()
                    .filter(host -> host.getMetadata().getNamespace().equals(namespace))
                    .toList();
        }

        @Override
        public Optional<ContainerTemplate> template(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Secret> secret(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public Optional<ConfigMap> configMap(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public Optional<Map<String, String>> namespaceLabels(String namespace) {
            return namespaceLabels;
        }
    }

    private final class Loads implements HostLoads {
        @Override
        public Optional<String> unreachable(String host) {
            return Optional.ofNullable(down.get(host));
        }

        @Override
        public boolean connecting(String host) {
            return connecting.containsKey(host);
        }

        @Override
        public Optional<Duration> unreached(String host) {
            return Optional.ofNullable(connecting.getOrDefault(host, unreached.get(host)));
        }

        @Override
        public int running(String host) {
            return 0;
        }
    }
}
