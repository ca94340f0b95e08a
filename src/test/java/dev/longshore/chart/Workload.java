package dev.longshore.chart;

import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobPhase;
import dev.longshore.testing.Certificates;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.TestSchedules;
import dev.longshore.testing.TlsDocker;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Something of everything that an operator does: jobs and templates in one namespace, a shared host behind TLS in another. */
final class Workload implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String RESOURCES = """
            apiVersion: v1
            kind: Secret
            metadata: {name: settings, namespace: JOBS}
            stringData: {password: letmein}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: JOBS}
            data: {colour: blue}
            ---
            apiVersion: longshore.dev/v1
            kind: DockerHost
            metadata: {name: local, namespace: JOBS}
            spec: {endpoint: 'unix:///var/run/docker.sock'}
            ---
            apiVersion: longshore.dev/v1
            kind: DockerHost
            metadata: {name: shared, namespace: HOSTS}
            spec:
              endpoint: tcp://127.0.0.1:PORT
              tls: {secretName: shared}
              allowedNamespaces: {from: Selector, selector: {matchLabels: {team: a}}}
            ---
            apiVersion: longshore.dev/v1
            kind: ContainerTemplate
            metadata: {name: hello, namespace: JOBS}
            spec:
              image: busybox:stable
              command: [sh, -c, 'echo $COLOUR']
              env:
                - {name: COLOUR, valueFrom: {configMapKeyRef: {name: settings, key: colour}}}
                - {name: PASSWORD, valueFrom: {secretKeyRef: {name: settings, key: password}}}
            ---
            apiVersion: longshore.dev/v1
            kind: ContainerJob
            metadata: {name: by-template, namespace: JOBS}
            spec: {hostSelector: {namespaces: [HOSTS]}, templateRef: {name: hello}}
            ---
            apiVersion: longshore.dev/v1
            kind: ContainerJob
            metadata: {name: forgotten, namespace: JOBS}
            spec: {hostRef: {name: local}, ttlSecondsAfterFinished: 0, template: {image: 'busybox:stable', command: ['true']}}
            ---
            apiVersion: longshore.dev/v1
            kind: ContainerJob
            metadata: {name: retried, namespace: JOBS}
            spec:
              hostRef: {name: local}
              template: {image: 'busybox:stable', command: ['false'], retry: {limit: 1, initialDelaySeconds: 0}}
            ---
            apiVersion: longshore.dev/v1
            kind: ContainerJob
            metadata: {name: deleted, namespace: JOBS}
            spec: {hostRef: {name: local}, template: {image: 'busybox:stable', command: [sleep, '600'], stopGracePeriodSeconds: 0}}
            ---
            apiVersion: longshore.dev/v1
            kind: ContainerCronJob
            metadata: {name: yearly, namespace: JOBS}
            spec:
              schedule: "@yearly"
              jobTemplate: {spec: {hostRef: {name: local}, template: {image: 'busybox:stable', command: ['true']}}}
            """;

    private final KubernetesClient client;
    private final String jobs;
    private final String hosts;
    private final String instance;
    private final Certificates authority = new Certificates("authority");
    private final TlsDocker daemon;

    /** @param instance as the operator's containers are labelled */
    Workload(KubernetesClient client, String jobs, String hosts, String instance)
            throws IOException, GeneralSecurityException {
        this.client = client;
        this.jobs = jobs;
        this.hosts = hosts;
        this.instance = instance;
        this.daemon = new TlsDocker(authority, "127.0.0.1");
    }

    /** From the first manifest to the deletion of the last resource. */
    void run() {
        createSecret();
        var orphan = createOrphan();
        var yaml = RESOURCES
                .replace("JOBS", jobs)
                .replace("HOSTS", hosts)
                .replace("PORT", Integer.toString(daemon.port()));
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(resource -> client.resource(resource).create());
        awaitJob("by-template", job -> is(job, JobPhase.COMPLETED));
        awaitJob("retried", job -> is(job, JobPhase.FAILED) && job.getStatus().attempt() == 2);
        awaitJob("forgotten", Objects::isNull);
        awaitJob("deleted", job -> is(job, JobPhase.RUNNING));
        TestSchedules.makeDue(client, jobs, "yearly");
        awaitJob(TestSchedules.jobName("yearly"), job -> is(job, JobPhase.COMPLETED));
        awaitEvents();
        awaitRemoval(orphan);
        delete(ContainerJob.class, jobs);
        delete(DockerHost.class, jobs);
        delete(DockerHost.class, hosts);
    }

    private void createSecret() {
        var own = authority.issue("EC", "client");
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(hosts)
                        .withName("shared")
                        .endMetadata()
                        .addToStringData("ca.crt", authority.pem())
                        .addToStringData("tls.crt", own.pem())
                        .addToStringData("tls.key", own.keyPem())
                        .build())
                .create();
    }

    /** What a job has left that nobody knows any more; the operator asks the API server before it takes it away. */
    private String createOrphan() {
        return LocalDocker.shared()
                .client()
                .createContainerCmd(LocalDocker.IMAGE)
                .withCmd("true")
                .withLabels(Map.of(
                        "longshore.dev/instance",
                        instance,
                        "longshore.dev/host",
                        jobs + "/local",
                        "longshore.dev/namespace",
                        jobs,
                        "longshore.dev/job",
                        "gone",
                        "longshore.dev/job-uid",
                        "gone",
                        "longshore.dev/attempt",
                        "1"))
                .exec()
                .getId();
    }

    private static void awaitRemoval(String container) {
        var docker = LocalDocker.shared().client();
        await("removal")
                .atMost(SOON)
                .until(() -> docker.listContainersCmd()
                        .withShowAll(true)
                        .withIdFilter(List.of(container))
                        .exec()
                        .isEmpty());
    }

    private static boolean is(ContainerJob job, JobPhase phase) {
        return job != null && job.getStatus() != null && job.getStatus().phase() == phase;
    }

    private void awaitJob(String name, Predicate<ContainerJob> state) {
        await(name)
                .atMost(SOON)
                .until(() -> state.test(client.resources(ContainerJob.class)
                        .inNamespace(jobs)
                        .withName(name)
                        .get()));
    }

    private void awaitEvents() {
        await().atMost(SOON)
                .until(() -> client.events().v1().events().inNamespace(jobs).list().getItems().stream()
                        .anyMatch(event -> event.getReason().equals("Retrying")));
    }

    /** And waits until the operator has let go of each. */
    private <T extends HasMetadata> void delete(Class<T> kind, String namespace) {
        client.resources(kind).inNamespace(namespace).delete();
        await(kind.getSimpleName())
                .atMost(SOON)
                .until(() -> client.resources(kind)
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .isEmpty());
    }

    @Override
    public void close() throws IOException {
        daemon.close();
        LocalDocker.shared().removeAll("longshore.dev/namespace=" + jobs);
    }
}
