package dev.longshore.job.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.ResourceSample;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UsageSoFarTest {
    private static ResourceSample sample(long memory, long cpuMillis, Long received, Long sent) {
        return new ResourceSample(memory, Duration.ofMillis(cpuMillis), received, sent);
    }

    @Test
    void memoryIsThePeakAndTheRestIsTheLast() {
        var first = UsageSoFar.add(null, "c", sample(100, 1000, 10L, 1L));
        var second = UsageSoFar.add(first, "c", sample(300, 1500, 20L, 2L));
        var usage = UsageSoFar.add(second, "c", sample(200, 2204, 30L, 3L)).inStatus();
        assertThat(usage.peakMemory()).isEqualTo(new Quantity("300"));
        assertThat(usage.cpuTime()).isEqualTo("2.204s");
        assertThat(usage.networkReceived()).isEqualTo(new Quantity("30"));
        assertThat(usage.networkSent()).isEqualTo(new Quantity("3"));
        assertThat(usage.samples()).isEqualTo(3);
    }

    @Test
    void anAnswerThatCameLateTakesNothingBack() {
        var first = UsageSoFar.add(null, "c", sample(100, 2000, 20L, null));
        var usage = UsageSoFar.add(first, "c", sample(100, 1000, 10L, 5L)).inStatus();
        assertThat(usage.cpuTime()).isEqualTo("2s");
        assertThat(usage.networkReceived()).isEqualTo(new Quantity("20"));
        assertThat(usage.networkSent()).isEqualTo(new Quantity("5"));
    }

    @Test
    void aContainerWithoutANetworkOfItsOwnHasNoNumbersForIt() {
        var usage = UsageSoFar.add(UsageSoFar.add(null, "c", sample(1, 1, null, null)), "c", sample(1, 1, null, null))
                .inStatus();
        assertThat(usage.networkReceived()).isNull();
        assertThat(usage.networkSent()).isNull();
    }

    @Test
    void whatTheDaemonCannotTellIsLeftOut() {
        var first = UsageSoFar.add(null, "c", new ResourceSample(100L, null, null, null));
        var usage = UsageSoFar.add(first, "c", new ResourceSample(200L, null, null, null))
                .inStatus();
        assertThat(usage.peakMemory()).isEqualTo(new Quantity("200"));
        assertThat(usage.cpuTime()).isNull();
        var withoutMemory = UsageSoFar.add(null, "c", new ResourceSample(null, Duration.ofSeconds(1), null, null));
        assertThat(withoutMemory.inStatus().peakMemory()).isNull();
        assertThat(UsageSoFar.add(withoutMemory, "c", new ResourceSample(5L, null, null, null))
                        .inStatus())
                .satisfies(later -> {
                    assertThat(later.peakMemory()).isEqualTo(new Quantity("5"));
                    assertThat(later.cpuTime()).isEqualTo("1s");
                    assertThat(later.samples()).isEqualTo(2);
                });
    }

    @Test
    void anotherContainerBeginsAnew() {
        var first = UsageSoFar.add(null, "c", sample(300, 1000, 10L, 1L));
        var usage = UsageSoFar.add(first, "d", sample(100, 10, 1L, 1L)).inStatus();
        assertThat(usage.peakMemory()).isEqualTo(new Quantity("100"));
        assertThat(usage.samples()).isEqualTo(1);
    }
}
