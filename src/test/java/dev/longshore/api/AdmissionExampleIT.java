package dev.longshore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.FileInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy of {@code examples/admission} in a namespace that it is bound to, and in one that it is not. */
@NeedsApiServer
final class AdmissionExampleIT {
    private static ApiServer server;
    private static List<HasMetadata> policy;
    private static String restricted;
    private static String open;

    @BeforeAll
    static void apply(ApiServer shared) throws IOException {
        server = shared;
        server.installCrds();
        open = server.namespace();
        restricted = server.namespace();
        // One from before the policy.
        create(restricted, template("before", "privileged: true"));
        create(restricted, job("before", "privileged: true"));
        label(restricted, Map.of("longshore.dev/containers", "restricted"));
        try (var yaml = new FileInputStream("examples/admission/restricted.yaml")) {
            policy = server.client().load(yaml).items();
        }
        policy.forEach(resource -> server.client().resource(resource).create());
        awaitInForce();
    }

    @AfterAll
    static void remove() {
        policy.forEach(resource -> server.client().resource(resource).delete());
    }

    /** The API server reads its policies from time to time. */
    private static void awaitInForce() {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            try {
                server.client()
                        .resource(in(restricted, template("probe", "privileged: true")))
                        .dryRun()
                        .create();
                return false;
            } catch (KubernetesClientException e) {
                return true;
            }
        });
    }

    private static void label(String namespace, Map<String, String> labels) {
        server.client().namespaces().withName(namespace).edit(resource -> {
            resource.getMetadata().setLabels(labels);
            return resource;
        });
    }

    private static String template(String name, String field) {
        return """
                apiVersion: longshore.dev/v1
                kind: ContainerTemplate
                metadata: {name: %s}
                spec: {image: 'busybox:stable', %s}
                """.formatted(name, field);
    }

    private static String job(String name, String field) {
        return """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s}
                spec:
                  hostRef: {name: local}
                  template: {image: 'busybox:stable', %s}
                """.formatted(name, field);
    }

    private static GenericKubernetesResource in(String namespace, String yaml) {
        try {
            var resource = Manifests.read(yaml).get(0);
            resource.getMetadata().setNamespace(namespace);
            return resource;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GenericKubernetesResource create(String namespace, String yaml) {
        return server.client().resource(in(namespace, yaml)).create();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            privileged: true                            | privileged containers are not allowed
            networkMode: host                           | the host's network is not allowed
            'capabilities: {add: [NET_ADMIN]}'          | added capabilities are not allowed
            'devices: [/dev/kmsg]'                      | devices are not allowed
            'volumes: [{mountPath: /x, hostPath: /etc}]'| host paths are not allowed
            """)
    void refusesWhatReachesPastTheContainer(String field, String message) {
        for (var yaml : List.of(template("reaching", field), job("reaching", field))) {
            assertThatThrownBy(() -> create(restricted, yaml))
                    .isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining(message)
                    .hasMessageContaining("longshore.dev/containers=restricted");
            server.client().resource(in(open, yaml)).dryRun().create();
        }
    }

    @Test
    void takesWhatDoesNot() {
        var field = "privileged: false, networkMode: none, capabilities: {drop: [ALL]},"
                + " volumes: [{mountPath: /cache, volumeName: cache}]";
        create(restricted, template("modest", field));
        create(restricted, job("modest", field));
        create(restricted, """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: from-a-template}
                spec: {hostRef: {name: local}, templateRef: {name: modest}}
                """);
    }

    @Test
    void leavesWhatWasThereBeforeInPlace() {
        var template = server.client().resource(in(restricted, template("before", "privileged: true")));
        template.edit(resource -> {
            resource.getMetadata().setAnnotations(Map.of("reviewed", "yes"));
            return resource;
        });
        var job = server.client()
                .resources(ContainerJob.class)
                .inNamespace(restricted)
                .withName("before")
                .edit(before -> {
                    before.setSpec(ContainerJobSpecBuilder.builder(before.getSpec())
                            .cancel(true)
                            .build());
                    before.getMetadata().setFinalizers(List.of("longshore.dev/container"));
                    return before;
                });
        assertThat(job.getSpec().cancel()).isTrue();
        assertThatThrownBy(() -> template.edit(resource -> {
                    resource.setAdditionalProperty("spec", Map.of("image", "busybox:1", "privileged", true));
                    return resource;
                }))
                .hasMessageContaining("privileged containers are not allowed");
    }
}
