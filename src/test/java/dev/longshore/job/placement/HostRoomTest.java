package dev.longshore.job.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.Allocatable;
import dev.longshore.api.Allocated;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.job.queue.Room;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the status of a host says of its room. */
class HostRoomTest {
    private static final Room HELD = new Room(1_500_000_000L, 4L << 30, List.of("GPU-1", "GPU-7"));

    private static Allocated allocated(Allocatable allocatable, Room held) {
        var host = new DockerHost();
        host.setSpec(DockerHostSpecBuilder.builder()
                .endpoint("unix:///var/run/docker.sock")
                .allocatable(allocatable)
                .build());
        return HostRoom.allocated(host, held);
    }

    private static Allocatable allocatable(String cpu, String memory, List<String> gpus) {
        return new Allocatable(
                cpu == null ? null : new Quantity(cpu), memory == null ? null : new Quantity(memory), gpus);
    }

    @Test
    void isAbsentWhereNothingIsCounted() {
        assertThat(allocated(null, HELD)).isNull();
        assertThat(allocated(allocatable(null, null, null), HELD)).isEqualTo(new Allocated(null, null, null));
    }

    @Test
    void hasThePartsThatAreCounted() {
        var all = allocated(allocatable("8", "16Gi", List.of("GPU-1")), HELD);
        assertThat(all.cpu()).hasToString("1500m");
        assertThat(all.memory()).hasToString("4Gi");
        assertThat(all.gpus()).containsExactly("GPU-1", "GPU-7");
        assertThat(allocated(allocatable(null, "16Gi", null), HELD))
                .isEqualTo(new Allocated(null, new Quantity("4Gi"), null));
    }

    @Test
    void isZeroWhereNothingIsHeld() {
        var none = allocated(allocatable("8", "16Gi", List.of("GPU-1")), Room.NONE);
        assertThat(none.cpu()).hasToString("0");
        assertThat(none.memory()).hasToString("0");
        assertThat(none.gpus()).isEmpty();
    }
}
