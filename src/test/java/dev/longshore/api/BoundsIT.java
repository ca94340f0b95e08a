package dev.longshore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A name that is too long to be read again is stored nowhere. */
@NeedsApiServer
final class BoundsIT {
    private static final Path FULL = Path.of("src/test/resources/full");
    private static final String UNREADABLE = "k".repeat(60_000);
    private static final String LONGEST = "k".repeat(253) + "/" + "k".repeat(63);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ApiServer server;

    @BeforeAll
    static void install(ApiServer shared) {
        server = shared;
        server.installCrds();
    }

    /** A map of a resource, by its path from there. */
    record Location(Path file, String path) {
        @Override
        public String toString() {
            return file.getFileName() + " " + path;
        }

        boolean isOfStatus() {
            return path.startsWith("/status");
        }
    }

    static List<Location> maps() throws IOException {
        var places = new ArrayList<Location>();
        try (Stream<Path> files = Files.list(FULL)) {
            for (var file : files.sorted().toList()) {
                var resource = read(file);
                var kind = resource.path("kind").asText().toLowerCase(Locale.ROOT);
                var schema = Crds.schema(kind + "s.longshore.dev").getProperties();
                Predicate<Location> filled =
                        location -> !resource.at(location.path()).isMissingNode();
                find(new Location(file, "/spec"), schema.get("spec"), filled, places);
                find(new Location(file, "/status"), schema.get("status"), filled, places);
            }
        }
        return places;
    }

    private static void find(
            Location location, JSONSchemaProps schema, Predicate<Location> wanted, List<Location> found) {
        if (schema.getAdditionalProperties() != null && wanted.test(location)) {
            found.add(location);
        }
        if (schema.getProperties() != null) {
            schema.getProperties()
                    .forEach((name, property) ->
                            find(new Location(location.file(), location.path() + "/" + name), property, wanted, found));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("maps")
    void aKeyThatNobodyCanReadIsRefused(Location location) throws IOException {
        assertThatThrownBy(() -> store(location, UNREADABLE))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("keys must be no more than")
                .extracting("code")
                .isEqualTo(422);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("maps")
    void theLongestLabelIsTaken(Location location) throws IOException {
        var stored = JSON.<JsonNode>valueToTree(store(location, LONGEST));

        assertThat(stored.at(location.path()).path(LONGEST).asText()).isEqualTo("v");
    }

    @Test
    void noMapIsLeftOut() throws IOException {
        var all = new ArrayList<Location>();
        for (var crd : Crds.generate().keySet()) {
            var schema = Crds.schema(crd).getProperties();
            find(new Location(FULL, "/spec"), schema.get("spec"), location -> true, all);
            find(new Location(FULL, "/status"), schema.get("status"), location -> true, all);
        }

        assertThat(maps())
                .extracting(Location::path)
                .containsAll(all.stream().map(Location::path).toList());
        assertThat(all).hasSizeGreaterThan(4);
    }

    @Test
    void aFieldThatIsUnknownIsNotStored() throws IOException {
        var host = read(FULL.resolve("dockerhost.yaml"));
        ((ObjectNode) host.path("spec")).put(UNREADABLE, "v");

        assertThat(JSON.writeValueAsString(create(host))).doesNotContain(UNREADABLE);
    }

    private static GenericKubernetesResource store(Location location, String key) throws IOException {
        var resource = read(location.file());
        if (!location.isOfStatus()) {
            ((ObjectNode) resource.at(location.path())).put(key, "v");
            return create(resource);
        }
        var created = create(resource);
        ((ObjectNode) resource.at(location.path())).put(key, "v");
        created.setAdditionalProperty("status", resource.path("status"));
        return server.client().resource(created).updateStatus();
    }

    private static GenericKubernetesResource create(JsonNode resource) throws IOException {
        var typed = JSON.treeToValue(resource, GenericKubernetesResource.class);
        typed.getMetadata().setNamespace(server.namespace());
        return server.client().resource(typed).create();
    }

    private static JsonNode read(Path file) throws IOException {
        return new YAMLMapper().readTree(file.toFile());
    }
}
