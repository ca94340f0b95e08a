package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.archive.ArchiveOptions;
import dev.longshore.job.JobPhases;
import dev.longshore.operator.LongshoreOperator;
import dev.longshore.operator.OperatorOptions;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.LocalDocker;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** An operator that runs jobs on this machine's daemon, in a namespace of its own, for those who look at them. */
public final class RunningJobs implements AutoCloseable {
    public static final Duration SOON = Duration.ofSeconds(30);

    public final KubernetesClient client;
    public final String namespace;
    private final LongshoreOperator operator;

    public RunningJobs(ApiServer server) {
        this(server, Optional.empty());
    }

    /** @param archive of the operator */
    public RunningJobs(ApiServer server, Optional<ArchiveOptions> archive) {
        server.installCrds();
        client = server.client();
        namespace = server.namespace();
        operator = new LongshoreOperator(
                client,
                new OperatorOptions(
                        Set.of(namespace),
                        "default",
                        false,
                        0,
                        Duration.ofSeconds(600),
                        namespace,
                        Set.of("*"),
                        false,
                        archive));
        operator.start();
        host("local", "endpoint: " + LocalDocker.HOST);
    }

    private void create(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> client.resource(item).inNamespace(namespace).create());
    }

    public void host(String name, String spec) {
        create("""
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: %s}
                spec:
                %s
                """.formatted(name, spec.strip().indent(2)));
    }

    /** @param more fields of its template */
    public void job(String name, String host, String script, String... more) {
        create("""
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s}
                spec:
                  hostRef: {name: %s}
                  template:
                    image: %s
                    command: [sh, -c, "%s"]
                %s
                """.formatted(
                name, host, LocalDocker.IMAGE, script, String.join("\n", more).indent(4)));
    }

    void template(String name, String script) {
        create("""
                apiVersion: longshore.dev/v1
                kind: ContainerTemplate
                metadata: {name: %s}
                spec:
                  image: %s
                  command: [sh, -c, "%s"]
                """.formatted(name, LocalDocker.IMAGE, script));
    }

    public ContainerJob job(String name) {
        return client.resources(ContainerJob.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    void cancel(String name) {
        client.resources(ContainerJob.class)
                .inNamespace(namespace)
                .withName(name)
                .edit(job -> {
                    job.setSpec(ContainerJobSpecBuilder.builder(job.getSpec())
                            .cancel(true)
                            .build());
                    return job;
                });
    }

    public ContainerJob await(String name, Predicate<ContainerJob> state) {
        return Awaitility.await().atMost(SOON).until(() -> job(name), state);
    }

    public void awaitStarted(String name) {
        await(name, job -> job.getStatus().startedAt() != null);
    }

    public ContainerJob awaitFinished(String name) {
        return await(name, JobPhases::finished);
    }

    public List<?> containers(String job) {
        return LocalDocker.shared()
                .client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of("longshore.dev/namespace=" + namespace, "longshore.dev/job=" + job))
                .exec();
    }

    @Override
    public void close() {
        operator.close();
        LocalDocker.shared().removeAll("longshore.dev/namespace=" + namespace);
    }
}
