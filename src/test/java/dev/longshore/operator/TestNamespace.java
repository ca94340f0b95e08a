package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.TestCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A namespace of its own on the test cluster, and what its users do. */
class TestNamespace {
    private static final String LOCAL = "local";

    static final Duration SOON = Duration.ofSeconds(30);

    private final KubernetesClient client = TestCluster.shared().client();
    private final String namespace = TestCluster.shared().namespace();

    String namespace() {
        return namespace;
    }

    KubernetesClient client() {
        return client;
    }

    /** {@code kubectl create -f}, of several documents. */
    void create(String yaml) {
        createIn(namespace, yaml);
    }

    void createIn(String where, String yaml) {
        items(yaml)
                .forEach(
                        resource -> client.resource(resource).inNamespace(where).create());
    }

    private List<HasMetadata> items(String yaml) {
        return client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    /** This machine's daemon. */
    void createHost() {
        createHost(LOCAL, "endpoint: " + LocalDocker.HOST);
    }

    /** This machine's daemon, for one job at a time. */
    void createNarrowHost() {
        createHost("narrow", """
                endpoint: %s
                maxConcurrentJobs: 1
                """.formatted(LocalDocker.HOST));
    }

    void createHost(String name, String spec) {
        create("""
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata:
                  name: %s
                spec:
                %s
                """.formatted(name, spec.strip().indent(2)));
    }

    /** A job with a template of its own, given by its fields. */
    void createJob(String name, String template) {
        create(job(name, template));
    }

    void createJobOn(String host, String name, String template) {
        create(job(host, name, template));
    }

    static String job(String name, String template) {
        return job(LOCAL, name, template);
    }

    private static String job(String host, String name, String template) {
        return """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: %s
                spec:
                  hostRef: {name: %s}
                  template:
                    image: busybox:stable
                %s
                """.formatted(name, host, template.strip().indent(4));
    }

    ContainerJob job(String name) {
        return client.resources(ContainerJob.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    List<ContainerJob> jobs() {
        return client.resources(ContainerJob.class)
                .inNamespace(namespace)
                .list()
                .getItems();
    }

    /** {@code kubectl edit}. */
    void edit(String name, UnaryOperator<ContainerJobSpecBuilder> change) {
        edit(
                ContainerJob.class,
                name,
                job -> job.setSpec(change.apply(ContainerJobSpecBuilder.builder(job.getSpec()))
                        .build()));
    }

    /** Until it is not in conflict with a status that the operator writes. */
    private <T extends HasMetadata> void edit(Class<T> kind, String name, Consumer<T> change) {
        await().atMost(SOON).ignoreException(KubernetesClientException.class).until(() -> {
            var resource =
                    client.resources(kind).inNamespace(namespace).withName(name).get();
            change.accept(resource);
            if (!TestCluster.shared().isReal()) {
                // The mock server leaves that to others.
                resource.getMetadata().setGeneration(resource.getMetadata().getGeneration() + 1);
            }
            client.resource(resource).update();
            return true;
        });
    }

    void editHost(String name, UnaryOperator<DockerHostSpecBuilder> change) {
        edit(
                DockerHost.class,
                name,
                host -> host.setSpec(change.apply(DockerHostSpecBuilder.builder(host.getSpec()))
                        .build()));
    }

    DockerHost host(String name) {
        return client.resources(DockerHost.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    void awaitReady(String host) {
        await().atMost(SOON)
                .until(
                        () -> host(host).getStatus(),
                        status -> status != null
                                && status.conditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Ready")
                                                        && condition.getStatus().equals("True")));
    }

    /** Until the host's Ready condition is False for this reason, with these words in its message. */
    void awaitNotReady(String host, String reason, String message) {
        await().atMost(SOON).untilAsserted(() -> {
            var status = host(host).getStatus();
            assertThat(status).isNotNull();
            assertThat(status.conditions()).isNotEmpty();
            var ready = status.conditions().get(0);
            assertThat(ready.getStatus()).isEqualTo("False");
            assertThat(ready.getReason()).isEqualTo(reason);
            assertThat(ready.getMessage()).contains(message);
        });
    }

    ContainerJob awaitFinished(String name) {
        return awaitJob(name, job -> condition(job, "Finished").equals("True"));
    }

    ContainerJob awaitReason(String name, String reason) {
        return awaitJob(
                name,
                job -> job.getStatus().reason() != null
                        && job.getStatus().reason().value().equals(reason));
    }

    ContainerJob awaitRunning(String name) {
        return awaitJob(name, job -> condition(job, "Running").equals("True"));
    }

    private ContainerJob awaitJob(String name, Predicate<ContainerJob> state) {
        return await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> job(name),
                        job -> job != null
                                && job.getStatus() != null
                                && job.getStatus().phase() != null
                                && state.test(job));
    }

    static String condition(ContainerJob job, String type) {
        return job.getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .map(condition -> condition.getStatus())
                .findFirst()
                .orElse("absent");
    }

    void deleteSecret(String name) {
        client().secrets().inNamespace(namespace()).withName(name).delete();
    }

    List<Event> events() {
        return client().events().v1().events().inNamespace(namespace()).list().getItems();
    }

    void delete(HasMetadata resource) {
        client.resource(resource).delete();
    }

    /** Nobody sees its finalizer any more: it is gone at once. */
    void deleteWithoutUs(String name) {
        await().atMost(SOON).ignoreException(KubernetesClientException.class).until(() -> {
            var job = job(name);
            if (job != null) {
                job.getMetadata().setFinalizers(List.of());
                client.resource(job).update();
                delete(job);
            }
            return job(name) == null;
        });
    }
}
