package dev.longshore.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.ResourceSample;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ContainerUseTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static ResourceSample sample(Long memory, Long cpuMillis) {
        return new ResourceSample(memory, cpuMillis == null ? null : Duration.ofMillis(cpuMillis), null, null);
    }

    @Test
    void cpuIsThatBetweenTheSamplesAndMemoryThatOfTheSecond() {
        assertThat(ContainerUse.between(sample(1L, 4000L), sample(2L, 5000L), Duration.ofSeconds(2)))
                .isEqualTo(new ContainerUse(0.5, 2L));
    }

    @Test
    void whatADaemonCannotTellIsUnknown() {
        assertThat(ContainerUse.between(sample(1L, null), sample(2L, 5000L), SECOND))
                .isEqualTo(new ContainerUse(null, 2L));
        assertThat(ContainerUse.between(sample(1L, 1L), sample(null, 2L), SECOND)
                        .memory())
                .isNull();
        assertThat(ContainerUse.of(sample(1L, 1L))).isEqualTo(new ContainerUse(null, 1L));
        // Restarted in between.
        assertThat(ContainerUse.between(sample(1L, 5000L), sample(2L, 1L), SECOND))
                .isEqualTo(new ContainerUse(null, 2L));
    }
}
