package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.Redactor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTailBufferTest {
    @Test
    void aValueThatIsNoTextIsMasked() {
        var value = new byte[] {'p', (byte) 0xe4, 's', 's', 'w', 'o', 'r', 'd'};
        var tail = new LogTailBuffer(Redactor.ofBytes(List.of(value)), 100);
        tail.append(value);
        assertThat(tail.finish(false).text()).isEqualTo("***");
    }
}
