package dev.longshore.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WritePaceTest {
    private static final ResourceID ONE = new ResourceID("one", "ns");
    private static final ResourceID OTHER = new ResourceID("other", "ns");

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final WritePace pace = new WritePace(Duration.ofSeconds(5), now::get);

    private void pass(int millis) {
        now.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void theNextWriteOfAResourceIsDueATimeAfterTheLast() {
        assertThat(pace.left(ONE)).isZero();
        pace.writing(ONE);
        assertThat(pace.left(ONE)).isEqualTo(Duration.ofSeconds(5));
        assertThat(pace.left(OTHER)).isZero();
        pass(3000);
        pace.writing(OTHER);
        assertThat(pace.left(ONE)).isEqualTo(Duration.ofSeconds(2));
        pass(1000);
        // Something else has changed.
        pace.writing(ONE);
        pass(1500);
        assertThat(pace.left(ONE)).isEqualTo(Duration.ofMillis(3500));
        assertThat(pace.left(OTHER)).isEqualTo(Duration.ofMillis(2500));
        pass(3500);
        assertThat(pace.left(ONE)).isZero();
    }
}
