package dev.longshore.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example is taken by the API server as it is, without an unknown field. */
@NeedsApiServer
final class ExamplesIT {
    private static ApiServer server;

    @BeforeAll
    static void install(ApiServer shared) {
        server = shared;
        server.installCrds();
    }

    /** None at all fails the test: a parameterized test needs an argument. */
    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            return files.filter(file -> file.toString().matches(".*[.]ya?ml"))
                    // For all namespaces, whose tests would meet it: AdmissionExampleIT has it.
                    .filter(file -> !file.startsWith("examples/admission"))
                    // Of a kind that is not there: ArgoWorkflowsIT has it.
                    .filter(file -> !file.endsWith("argo-workflows/workflow.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isTakenStrictly(Path example) throws IOException {
        String namespace = server.namespace();
        List<GenericKubernetesResource> resources = Manifests.read(Files.readString(example));

        assertThat(resources).isNotEmpty();
        for (GenericKubernetesResource resource : resources) {
            resource.getMetadata().setNamespace(namespace);
            server.client()
                    .resource(resource)
                    .fieldValidation(FieldValidateable.Validation.STRICT)
                    .create();
        }
    }
}
