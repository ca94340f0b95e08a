package dev.longshore.docker.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.IdleEngine;
import dev.longshore.docker.LogQuery;
import dev.longshore.docker.LogStream;
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
