package dev.longshore.job.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.AllowedNamespaces;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.HostSelector;
import dev.longshore.api.NamespacesFrom;
import dev.longshore.job.BlockedOr;
import dev.longshore.job.CountingCluster;
import dev.longshore.job.HostKey;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostsAdmittedTest {
    private static final HostLoads IDLE = new HostLoads() {
        @Override
        public Optional<String> unreachable(HostKey host) {
            return Optional.empty();
        }

        @Override
        public boolean connecting(HostKey host) {
            return false;
        }
    };

    private final CountingCluster cluster = new CountingCluster();

    @Test
    void aNamespaceIsReadOnceForAllHostsThatSelectByIt() {
        cluster.namespaces.put("team", Map.of("shared", "allowed"));
        for (var i = 0; i < 50; i++) {
            cluster.hosts.add(host("host-" + i));
        }
        var job = new ContainerJob();
        job.setMetadata(
                new ObjectMetaBuilder().withNamespace("team").withName("job").build());
        job.setSpec(ContainerJobSpecBuilder.builder()
                .hostSelector(new HostSelector(null, null, List.of("hosts")))
                .build());
        assertThat(new HostChoice(cluster, IDLE)
                        .of(
                                job,
                                ContainerTemplateSpecBuilder.builder()
                                        .image("busybox")
                                        .build(),
                                host -> Optional.empty()))
                .isInstanceOfSatisfying(
                        BlockedOr.Value.class,
                        all -> assertThat((List<?>) all.value()).hasSize(50));
        assertThat(cluster.reads).containsExactly("Namespace team");
    }

    private static DockerHost host(String name) {
        var host = new DockerHost();
        host.setMetadata(
                new ObjectMetaBuilder().withNamespace("hosts").withName(name).build());
        host.setSpec(DockerHostSpecBuilder.builder()
                .allowedNamespaces(new AllowedNamespaces(
                        NamespacesFrom.SELECTOR,
                        new LabelSelectorBuilder()
                                .addToMatchLabels("shared", "allowed")
                                .build()))
                .build());
        return host;
    }
}
