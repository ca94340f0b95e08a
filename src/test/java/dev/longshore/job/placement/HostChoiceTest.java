package dev.longshore.job.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.AllowedNamespaces;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.HostReference;
import dev.longshore.api.HostSelector;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.NamespacesFrom;
import dev.longshore.job.Blocked;
import dev.longshore.job.BlockedOr;
import dev.longshore.job.CountingCluster;
import dev.longshore.job.HostKey;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which hosts a job may run on, and what it is told where there is none. */
class HostChoiceTest {
    private static final ContainerTemplateSpec BUSYBOX =
            ContainerTemplateSpecBuilder.builder().image("busybox").build();
    private static final LabelSelector FRIENDS = new LabelSelector(null, Map.of("friend", "yes"));

    private final CountingCluster cluster = new CountingCluster();
    private final Map<String, String> down = new HashMap<>();
    private final Map<String, Duration> connecting = new HashMap<>();
    private final Map<String, Duration> unreached = new HashMap<>();

    private final HostChoice choice = new HostChoice(cluster, new Loads());

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
        cluster.hosts.add(host);
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

    private Blocked blocked(ContainerJob job) {
        return choice.of(
                        job,
                        BUSYBOX,
                        host -> host.getMetadata().getName().startsWith("strict")
                                ? Optional.of(
                                        "image docker.io/library/busybox:latest is not allowed (policy.allowedImages)")
                                : Optional.empty())
                .either(why -> why, found -> {
                    throw new AssertionError(found);
                });
    }

    private Blocked.Unmet refusal(ContainerJob job) {
        return (Blocked.Unmet) blocked(job);
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
        down.put("team/away", "tcp://h:2376: connection refused");
        down.put("team/fine-but-away", "tcp://h:2376: no answer");
        var refusal = refusal(selecting(gpu));
        assertThat(refusal.reason()).isEqualTo(JobReason.NO_MATCHING_HOST);
        assertThat(refusal.message())
                .isEqualTo("no DockerHost that matches spec.hostSelector is available:"
                        + " team/away is unreachable: tcp://h:2376: connection refused;"
                        + " team/cordoned is cordoned (spec.active: false);"
                        + " team/fine-but-away is unreachable: tcp://h:2376: no answer;"
                        + " team/going is being deleted;"
                        + " team/strict denies it by policy: image docker.io/library/busybox:latest is not allowed"
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
        assertThat(refusal(job(ContainerJobSpecBuilder.builder().hostSelector(selector)))
                        .message())
                .isEqualTo("no DockerHost matches spec.hostSelector:"
                        + " team/a lacks gpu=yes, ssd; team/b lacks zone in (b, c), ssd");
    }

    @Test
    void aTenantLearnsNothingOfHostsThatDoNotAdmitIt() {
        host("others/secret", Map.of("gpu", "yes"), spec -> spec.active(false));
        host("others/open", Map.of(), spec -> spec.allowedNamespaces(new AllowedNamespaces(NamespacesFrom.ALL, null)));
        assertThat(refusal(selecting(Map.of("gpu", "yes"), "others")).message())
                .contains("others/open lacks gpu=yes")
                .doesNotContain("secret", "more");
        cluster.hosts.remove(1);
        var none = refusal(selecting(Map.of("gpu", "yes"), "others")).message();
        cluster.hosts.clear();
        assertThat(none)
                .isEqualTo("no DockerHost in others allows namespace team: create one there, or allow the namespace"
                        + " (spec.allowedNamespaces)")
                .isEqualTo(refusal(selecting(Map.of("gpu", "yes"), "others")).message());
    }

    @Test
    void whatIsSaidOfManyHostsIsBounded() {
        for (var number = 0; number < 40; number++) {
            var name = "team/" + "h".repeat(240) + number;
            host(name, Map.of(), spec -> {});
            down.put(name, "no answer ".repeat(100));
        }
        assertThat(refusal(selecting(Map.of())).message()).hasSizeLessThan(1000).endsWith("; and 35 more");
    }

    @Test
    void aHostsOwnNamespaceIsAlwaysAdmitted() {
        for (var allowed : List.of(
                new AllowedNamespaces(NamespacesFrom.SAME, null),
                new AllowedNamespaces(NamespacesFrom.ALL, null),
                new AllowedNamespaces(NamespacesFrom.SELECTOR, FRIENDS))) {
            cluster.hosts.clear();
            var own = host("team/own", Map.of(), spec -> spec.allowedNamespaces(allowed));
            assertThat(choice.of(on("team/own"), BUSYBOX, host -> Optional.empty()))
                    .isEqualTo(BlockedOr.of(List.of(own)));
            assertThat(choice.of(selecting(Map.of()), BUSYBOX, host -> Optional.empty()))
                    .isEqualTo(BlockedOr.of(List.of(own)));
        }
    }

    @Test
    void anotherNamespaceIsAdmittedByItsLabels() {
        var shared = host(
                "others/shared",
                Map.of(),
                spec -> spec.allowedNamespaces(new AllowedNamespaces(NamespacesFrom.SELECTOR, FRIENDS)));
        cluster.namespaces.put("team", Map.of());
        assertThat(refusal(on("others/shared")).reason()).isEqualTo(JobReason.HOST_NOT_ALLOWED);
        cluster.namespaces.clear();
        assertThat(refusal(on("others/shared")).reason()).isEqualTo(JobReason.HOST_NOT_ALLOWED);
        cluster.namespaces.put("team", Map.of("friend", "yes"));
        assertThat(choice.of(on("others/shared"), BUSYBOX, host -> Optional.empty()))
                .isEqualTo(BlockedOr.of(List.of(shared)));
    }

    @Test
    void aJobThatSaysNothingYetSaysThatItsHostIsBeingConnectedTo() {
        host("team/silent", Map.of(), spec -> {});
        connecting.put("team/silent", Duration.ofMillis(300));
        assertThat(blocked(on("team/silent"))).isEqualTo(new Blocked.Undecided(Duration.ofMillis(700)));
        connecting.put("team/silent", Duration.ofMillis(1300));
        for (var job : List.of(on("team/silent"), selecting(Map.of()))) {
            assertThat(refusal(job).reason()).isEqualTo(JobReason.HOST_UNREACHABLE);
            assertThat(refusal(job).message()).isEqualTo("DockerHost team/silent is not connected yet");
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
            assertThat(blocked(job)).isInstanceOf(Blocked.Undecided.class);
            connecting.clear();
            down.put("team/silent", "no answer");
            unreached.put("team/silent", Duration.ofSeconds(19));
            assertThat(blocked(job)).isEqualTo(new Blocked.Undecided(Duration.ofSeconds(1)));
            unreached.put("team/silent", Duration.ofSeconds(20));
            assertThat(refusal(job).reason()).isIn(JobReason.HOST_UNREACHABLE, JobReason.NO_MATCHING_HOST);
            // Nobody waits for a host that was lost.
            unreached.clear();
            assertThat(refusal(job).reason()).isIn(JobReason.HOST_UNREACHABLE, JobReason.NO_MATCHING_HOST);
        }
    }

    private final class Loads implements HostLoads {
        @Override
        public Optional<String> unreachable(HostKey host) {
            return Optional.ofNullable(down.get(host.toString()));
        }

        @Override
        public boolean connecting(HostKey host) {
            return connecting.containsKey(host.toString());
        }

        @Override
        public Optional<Duration> unreached(HostKey host) {
            return Optional.ofNullable(connecting.getOrDefault(host.toString(), unreached.get(host.toString())));
        }
    }
}
