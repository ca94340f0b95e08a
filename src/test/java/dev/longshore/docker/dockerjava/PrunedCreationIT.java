package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.docker.ContainerGoneException;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.ContainerSpecBuilder;
import dev.longshore.docker.Endpoint;
import dev.longshore.testing.HostileAnswers;
import dev.longshore.testing.HostileDaemon;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A daemon on which someone removes containers while they are made. */
class PrunedCreationIT {
    private static final ContainerSpecBuilder SPEC =
            ContainerSpecBuilder.builder().name("longshore-u1-1").image("busybox:stable");

    private static void assertIsGone(ContainerSpecBuilder spec) throws IOException {
        var gone = HostileAnswers.body("404 Not Found", "{\"message\": \"No such container: c1\"}");
        try (var daemon = new HostileDaemon()
                        .on("POST /containers/create", HostileAnswers.body("201 Created", "{\"Id\": \"c1\"}"))
                        .on("GET /containers/c1/json", gone)
                        .on("GET /networks/one", HostileAnswers.json(Map.of("Name", "one")))
                        .on("GET /networks/two", HostileAnswers.json(Map.of("Name", "two")))
                        .on("POST /networks/two/connect", gone);
                var engine = new DockerJavaEngineFactory().connect(new Endpoint(daemon.endpoint(), null))) {
            assertThatThrownBy(() -> engine.create(spec.build()))
                    .isInstanceOf(ContainerGoneException.class)
                    .hasMessageContaining("removed by someone else during creation");
        }
    }

    @Test
    void oneThatIsNotThereWhenItWasMadeIsGone() throws IOException {
        assertIsGone(ContainerSpecBuilder.builder(SPEC.build()));
    }

    @Test
    void itIsNotTheNetworkThatIsMissing() throws IOException {
        assertIsGone(ContainerSpecBuilder.builder(SPEC.build())
                .networks(List.of(
                        new ContainerSpec.Network("one", List.of()), new ContainerSpec.Network("two", List.of()))));
    }
}
