package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.JobHost;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.JobUsage;
import dev.longshore.api.ResourceList;
import dev.longshore.api.Resources;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.LocalDocker;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Jobs of a namespace in which nobody runs them, with one template, {@code import}, and one host, {@code local}. */
public final class TestJobs {
    public static final String ON_LOCAL = "templateRef: {name: import}, hostRef: {name: local}";
    private static final String ON_ANY = "templateRef: {name: import}, hostSelector: {}";

    private static final ContainerTemplateSpec TEMPLATE = ContainerTemplateSpecBuilder.builder()
            .image("busybox")
            .resources(new Resources(new ResourceList(null, new Quantity("512Mi")), null))
            .build();

    private final KubernetesClient client;
    private final String namespace;
    private final Commands commands;

    public TestJobs(ApiServer server) {
        server.installCrds();
        client = server.client();
        namespace = server.namespace();
        commands = new Commands(server, namespace);
        apply("""
                apiVersion: longshore.dev/v1
                kind: ContainerTemplate
                metadata: {name: import}
                spec: {image: busybox}
                ---
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: local}
                spec: {endpoint: '%s', maxConcurrentJobs: 4}
                """.formatted(LocalDocker.HOST));
    }

    public String namespace() {
        return namespace;
    }

    public Commands commands() {
        return commands;
    }

    private void apply(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(resource ->
                        client.resource(resource).inNamespace(namespace).create());
    }

    public void create(String name, String spec) {
        apply("""
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s, labels: {batch: pictures}, finalizers: []}
                spec: {%s}
                """.formatted(name, spec));
    }

    public ContainerJob job(String name) {
        return client.resources(ContainerJob.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private void status(String name, ContainerJobStatus status) {
        var job = job(name);
        job.setStatus(status);
        client.resource(job).updateStatus();
    }

    /** One that has ended, a while ago. */
    private void finished(String name, String spec, JobPhase phase, JobReason reason, Instant at) {
        create(name, spec);
        finish(name, phase, reason, at);
    }

    private void finish(String name, JobPhase phase, JobReason reason, Instant at) {
        status(
                name,
                ContainerJobStatusBuilder.builder()
                        .phase(phase)
                        .reason(reason)
                        .message("as the test says")
                        .host(new JobHost(namespace, "local"))
                        .exitCode(phase == JobPhase.COMPLETED ? 0 : 3)
                        .startedAt(at.minusSeconds(2).toString())
                        .finishedAt(at.toString())
                        .duration("2s")
                        .effective(TEMPLATE)
                        .usage(new JobUsage(new Quantity("41943040"), "1.500s", null, null, 5))
                        .logs(new JobLogs("\u001b[31mred\u001b[0m\n", "", false))
                        .conditions(List.of(new ConditionBuilder()
                                .withType("Finished")
                                .withStatus("True")
                                .withReason(reason.value())
                                .withMessage("")
                                .withLastTransitionTime(at.toString())
                                .build()))
                        .build());
    }

    public void host(String name, String endpoint) {
        apply("""
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: %s}
                spec: {endpoint: '%s'}
                """.formatted(name, endpoint));
    }

    public void running(String name, String host) {
        create(name, ON_ANY);
        status(
                name,
                ContainerJobStatusBuilder.builder()
                        .phase(JobPhase.RUNNING)
                        .host(new JobHost(namespace, host))
                        .containerID("c0ffee")
                        .startedAt(Instant.now().toString())
                        .effective(TEMPLATE)
                        .build());
    }

    public void completed(String name) {
        finished(name, ON_LOCAL, JobPhase.COMPLETED, JobReason.COMPLETED, Instant.now());
    }

    /** One that is there becomes this. */
    public void cancelled(String name) {
        finish(name, JobPhase.CANCELLED, JobReason.CANCEL_REQUESTED, Instant.now());
    }

    /** Completed, failed two hours ago, and not looked at yet. */
    void createThree() {
        finished("done", ON_ANY, JobPhase.COMPLETED, JobReason.COMPLETED, Instant.now());
        finished(
                "broken",
                ON_LOCAL + ", priority: 1",
                JobPhase.FAILED,
                JobReason.NON_ZERO_EXIT,
                Instant.now().minusSeconds(7200));
        create("fresh", "template: {image: busybox}, hostRef: {name: other, namespace: elsewhere}");
    }

    /** What a list with these wishes shows. */
    List<String> names(String... wishes) {
        var arguments = new ArrayList<>(List.of("list", "-o", "name"));
        arguments.addAll(List.of(wishes));
        return commands.run(arguments.toArray(String[]::new)).lines().stream()
                .map(name -> name.replace("containerjob.longshore.dev/", ""))
                .toList();
    }
}
