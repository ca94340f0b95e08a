package dev.longshore.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.Allocatable;
import dev.longshore.api.Allocated;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.DockerHostStatus;
import dev.longshore.api.DockerHostStatusBuilder;
import dev.longshore.api.EngineStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostColumnsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

    private static List<String> row(Allocatable allocatable, DockerHostStatus status, boolean wide) {
        var host = new DockerHost();
        host.setMetadata(new ObjectMetaBuilder()
                .withName("host")
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .build());
        host.setSpec(DockerHostSpecBuilder.builder()
                .endpoint("tcp://host:2376")
                .allocatable(allocatable)
                .build());
        host.setStatus(status);
        return List.of(HostColumns.at(NOW)
                .table(List.of(host), wide, false)
                .lines()
                .get(1)
                .split(" {2,}"));
    }

    @Test
    void roomIsWhatJobsHoldOfIt() {
        var room = new Allocatable(new Quantity("7500m"), new Quantity("56Gi"), List.of("GPU-1", "GPU-2"));
        var held = DockerHostStatusBuilder.builder()
                .allocated(new Allocated(new Quantity("2"), new Quantity("512Mi"), List.of("GPU-2")))
                .build();
        assertThat(row(room, held, false).subList(5, 8)).containsExactly("2/7500m", "512Mi/56Gi", "1/2");
        assertThat(row(room, held, true)).contains("GPU-1,GPU-2");
        assertThat(row(room, null, false).subList(5, 8)).containsExactly("0/7500m", "0/56Gi", "0/2");
    }

    @Test
    void anEngineThatIsNotDockerIsNamed() {
        assertThat(row(null, engine("podman", "5.8.6"), false)).contains("podman 5.8.6");
        assertThat(row(null, engine("docker", "28.5.2"), false)).contains("28.5.2");
    }

    private static DockerHostStatus engine(String kind, String version) {
        return DockerHostStatusBuilder.builder()
                .engine(new EngineStatus(
                        kind, "id", version, "1.44", "linux", "x86_64", 2, new Quantity("1Gi"), List.of()))
                .build();
    }

    @Test
    void whatIsNotCountedIsADash() {
        assertThat(row(null, null, false).subList(5, 8)).containsExactly("-", "-", "-");
        var noGpus = new Allocatable(null, new Quantity("1Gi"), List.of());
        assertThat(row(noGpus, null, false).subList(5, 8)).containsExactly("-", "0/1Gi", "0/0");
    }
}
