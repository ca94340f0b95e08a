package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostStatusBuilder;
import dev.longshore.api.EngineStatusBuilder;
import dev.longshore.job.HostKey;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class SameDaemonTest {
    private static DockerHost host(String name, String daemon) {
        var host = new DockerHost();
        host.setMetadata(
                new ObjectMetaBuilder().withNamespace("team").withName(name).build());
        host.setStatus(DockerHostStatusBuilder.builder()
                .engine(EngineStatusBuilder.builder().id(daemon).build())
                .build());
        return host;
    }

    @Test
    void hostsOfOneDaemonShareItsImages() {
        var all = List.of(host("a", "one"), host("b", "one"), host("c", "other"), host("d", ""), host("e", ""));

        assertThat(SameDaemon.of(new HostKey("team", "a"), all))
                .extracting(HostKey::name)
                .containsExactly("a", "b");
        assertThat(SameDaemon.of(new HostKey("team", "d"), all))
                .extracting(HostKey::name)
                .containsExactly("d");
    }
}
