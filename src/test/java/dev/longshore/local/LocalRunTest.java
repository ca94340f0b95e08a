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

    @Test
    void aDaemonThatIsAwayAtOnceIsNoProblemForThoseThatAreYetToBeConnectedTo() {
        var jobs = IntStream.range(0, 400)
                .mapToObj(LocalRunTest::jobOnAHostOfItsOwn)
                .collect(Collectors.joining());
        var manifests = Manifests.of(new ManifestReader(Purpose.RUN)
                .read(List.of("-"), new ByteArrayInputStream(jobs.getBytes(StandardCharsets.UTF_8))));
        try (var run = new LocalRun(manifests, RunOptions.NONE, NOBODY, job -> {})) {
            assertThatThrownBy(run::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("no job was run", "default/host0 ", "default/host399 ");
        }
    }

    private static String jobOnAHostOfItsOwn(int number) {
        return """
                ---
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: host%1$s}
                spec: {endpoint: 'tcp://127.0.0.1:1'}
                ---
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: job%1$s}
                spec: {hostRef: {name: host%1$s}, template: {image: x}}
                """.formatted(number);
    }
}
