package dev.longshore.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerLogTest {
    @Test
    void aContainerThatIsRemovedOnceItWasFoundIsNotThere() {
        var daemon = new IdleEngine() {
            @Override
            public Optional<ContainerSnapshot> inspect(String container) {
                return Optional.of(ContainerSnapshotBuilder.builder()
                        .id(container)
                        .labels(Map.of())
                        .build());
            }

            @Override
            public LogStream openLog(String container, LogQuery query) {
                throw new DockerRefusedException(404, "No such container: " + container, null);
            }
        };
        var log = new ContainerLog(endpoint -> daemon, new Endpoint("tcp://127.0.0.1:9", null), "c1", Map.of());
        assertThat(log.copy(LogQuery.ALL, new LogCopy())).isFalse();
    }
}
