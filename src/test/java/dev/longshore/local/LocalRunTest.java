package dev.longshore.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.EngineFactory;
import dev.longshore.manifest.ManifestReader;
import dev.longshore.manifest.Manifests;
import dev.longshore.manifest.Purpose;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalRunTest {
    private static final EngineFactory NOBODY = endpoint -> {
        throw new DockerUnavailableException(DockerUnavailableException.Cause.UNREACHABLE, "nobody is there", null);
    };

    private static final String JOB = """
            ---
            apiVersion: longshore.dev/v1
            kind: ContainerJob
            metadata: {name: anywhere}
            spec: {hostSelector: {}, template: {image: x}}
            """;

    @Test
    void aDaemonThatIsAwayAtOnceIsNoProblemForThoseThatAreYetToBeConnectedTo() {
        var hosts = IntStream.range(0, 200).mapToObj(LocalRunTest::host).collect(Collectors.joining());
        var manifests = Manifests.of(new ManifestReader(Purpose.RUN)
                .read(List.of("-"), new ByteArrayInputStream((hosts + JOB).getBytes(StandardCharsets.UTF_8))));
        try (var run = new LocalRun(manifests, RunOptions.NONE, NOBODY, job -> {}, RunSchedules.NONE)) {
            assertThatThrownBy(run::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("no job was started", "default/host0 ", "default/host199 ");
        }
    }

    private static String host(int number) {
        return """
                ---
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: host%s}
                spec: {endpoint: 'tcp://127.0.0.1:1'}
                """.formatted(number);
    }
}
