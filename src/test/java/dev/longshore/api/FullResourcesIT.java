package dev.longshore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Resources with every field filled: the types and the definitions agree, and nothing is lost between them. */
@NeedsApiServer
final class FullResourcesIT {
    private static final Path FOLDER = Path.of("src/test/resources/full");
    private static final Map<String, Class<? extends CustomResource<?, ?>>> KINDS = Map.of(
            "DockerHost",
            DockerHost.class,
            "ContainerTemplate",
            ContainerTemplate.class,
            "ContainerJob",
            ContainerJob.class,
            "ContainerCronJob",
            ContainerCronJob.class);

    private static ApiServer server;

    @BeforeAll
    static void install(ApiServer shared) {
        server = shared;
        server.installCrds();
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatTheTypesWriteIsAcceptedStrictlyAndReadBackEqual(Path file) throws IOException {
        JsonNode manifest = new YAMLMapper().readTree(file.toFile());
        CustomResource<?, ?> resource = resource(manifest);
        assertThat(written(resource.getSpec())).isEqualTo(manifest.get("spec"));
        assertThat(written(resource.getStatus())).isEqualTo(manifest.get("status"));

        resource.getMetadata().setNamespace(server.namespace());
        CustomResource<?, ?> created = server.client()
                .resource(resource)
                .fieldValidation(FieldValidateable.Validation.STRICT)
                .create();
        resource.getMetadata().setResourceVersion(created.getMetadata().getResourceVersion());
        CustomResource<?, ?> updated = server.client()
                .resource(resource)
                .fieldValidation(FieldValidateable.Validation.STRICT)
                .updateStatus();

        assertThat(updated.getSpec()).isEqualTo(resource.getSpec());
        assertThat(updated.getStatus()).isEqualTo(resource.getStatus());
    }

    @Test
    void noFieldOfAnyTypeIsLeftOut() throws IOException {
        Set<String> all = new TreeSet<>();
        Set<String> filled = new TreeSet<>();
        for (Path file : files()) {
            CustomResource<?, ?> resource = resource(new YAMLMapper().readTree(file.toFile()));
            collect(resource.getSpec(), all, filled);
            collect(resource.getStatus(), all, filled);
        }

        assertThat(filled).hasSizeGreaterThan(100).isEqualTo(all);
    }

    private static CustomResource<?, ?> resource(JsonNode manifest) throws IOException {
        return Serialization.jsonMapper()
                .treeToValue(manifest, KINDS.get(manifest.get("kind").asText()));
    }

    private static JsonNode written(Object part) throws IOException {
        return Serialization.jsonMapper().readTree(Serialization.asJson(part));
    }

    private static void collect(Object value, Set<String> all, Set<String> filled) {
        if (value instanceof Collection<?> values) {
            values.forEach(item -> collect(item, all, filled));
        } else if (value instanceof Record) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                String name = value.getClass().getSimpleName() + "." + component.getName();
                all.add(name);
                Object field = get(component, value);
                if (!new ApiObject.Absent().equals(field)) {
                    filled.add(name);
                    collect(field, all, filled);
                }
            }
        }
    }

    private static Object get(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component.toString(), e);
        }
    }
}
