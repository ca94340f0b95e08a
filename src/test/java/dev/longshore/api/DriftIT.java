package dev.longshore.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A manifest that is applied again is no change, by kubectl and by tools that compare. */
@NeedsApiServer
final class DriftIT {
    private static final ObjectMapper JSON = Serialization.jsonMapper();

    private static ApiServer server;
    private String namespace;

    @BeforeAll
    static void install(ApiServer shared) {
        server = shared;
        server.installCrds();
    }

    @BeforeEach
    void freshNamespace() {
        namespace = server.namespace();
    }

    /** Each field of ours is in one of them: {@link FullResourcesIT} sees to that. The skeletons have each part empty. */
    static List<Path> manifests() throws IOException {
        try (Stream<Path> examples = Files.walk(Path.of("examples"));
                Stream<Path> full = Files.list(Path.of("src/test/resources/full"));
                Stream<Path> sparse = Files.list(Path.of("src/test/resources/sparse"))) {
            return Stream.of(examples, full, sparse)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().matches(".*[.]ya?ml"))
                    .filter(DriftIT::hasOurs)
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void assertUnchanged(Path manifest) throws IOException {
        var written = new StringBuilder();
        for (GenericKubernetesResource wanted : ours(manifest)) {
            written.append(Serialization.asYaml(withoutStatus(wanted)));
        }
        apply(written.toString());

        assertThat(apply(written.toString()))
                .allSatisfy(line -> assertThat(line).endsWith(" unchanged"));
    }

    /** What the manifest was, what it is, and what is stored: where the first two agree, so does the third. */
    @ParameterizedTest
    @MethodSource("manifests")
    void aThreeWayDiffIsEmpty(Path manifest) throws IOException {
        for (GenericKubernetesResource wanted : ours(manifest)) {
            wanted.getMetadata().setNamespace(namespace);
            var stored = server.client().resource(wanted).create();

            assertSame("", withoutStatus(wanted), withoutStatus(stored));
        }
    }

    /** An older version had a default in items of lists, which is stored, and applied again without. */
    @Test
    void whatMeansTheSameIsNoChangeOfAJob() throws IOException {
        apply(job("""
                resources: {limits: {cpu: 500m, memory: 1Gi}}
                template:
                  image: busybox
                  shmSize: 64Mi
                  resources: {limits: {cpu: 2, memory: "1073741824"}}
                  volumes:
                  - {mountPath: /a, readOnly: false, tmpfs: {size: 1Gi}}
                  - {mountPath: /b, readOnly: false, volumeName: v}
                  - {mountPath: /c, readOnly: true, hostPath: /srv}
                """));

        assertThat(apply(job("""
                resources: {limits: {cpu: "0.5", memory: 1024Mi}}
                template:
                  image: busybox
                  shmSize: 67108864
                  resources: {limits: {cpu: 2000m, memory: 1Gi}}
                  volumes:
                  - {mountPath: /a, tmpfs: {size: 1024Mi}}
                  - {mountPath: /b, volumeName: v}
                  - {mountPath: /c, readOnly: true, hostPath: /srv}
                """))).containsExactly("containerjob.longshore.dev/same configured");
    }

    private static void assertSame(String path, JsonNode wanted, JsonNode stored) {
        if (wanted.isObject()) {
            // Maps are merged: what is in the stored one alone is no one's wish.
            wanted.properties().forEach(field -> {
                assertThat(stored.has(field.getKey()))
                        .as(path + "." + field.getKey())
                        .isTrue();
                assertSame(path + "." + field.getKey(), field.getValue(), stored.get(field.getKey()));
            });
        } else {
            // Lists are replaced.
            assertThat(stored).as(path).isEqualTo(wanted);
        }
    }

    private static boolean hasOurs(Path manifest) {
        try {
            return !ours(manifest).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A Secret's stringData is a change each time, to Kubernetes itself. */
    private static List<GenericKubernetesResource> ours(Path manifest) throws IOException {
        return Manifests.read(Files.readString(manifest)).stream()
                .filter(resource -> resource.getApiVersion().startsWith("longshore.dev/"))
                .toList();
    }

    private static JsonNode withoutStatus(GenericKubernetesResource resource) {
        return ((ObjectNode) JSON.valueToTree(resource)).without("status");
    }

    private static String job(String spec) {
        return """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: same}
                spec:
                  hostRef: {name: h}
                %s
                """.formatted(spec.strip().indent(2));
    }

    private List<String> apply(String manifests) throws IOException {
        var process = new ProcessBuilder(
                        ApiServer.kubectl().toString(),
                        "--kubeconfig=" + server.kubeconfig(),
                        "--namespace=" + namespace,
                        "apply",
                        "-f",
                        "-")
                .redirectErrorStream(true)
                .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(manifests.getBytes(UTF_8));
        }
        return new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
    }
}
