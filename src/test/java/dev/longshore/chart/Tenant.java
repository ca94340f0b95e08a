package dev.longshore.chart;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.HostReference;
import dev.longshore.api.JobPhase;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes what the API server lets through, into one namespace. */
final class Tenant {
    private static final int MIB = 1 << 20;
    private static final int START_SECONDS = 60;

    private final KubernetesClient client;
    private final String namespace;

    Tenant(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    void create(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(UTF_8)))
                .items()
                .forEach(resource ->
                        client.resource(resource).inNamespace(namespace).create());
    }

    void host(String name, String endpoint) {
        create("""
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: %s}
                spec: {endpoint: '%s'}
                """.formatted(name, endpoint));
    }

    void job(String name, String template) {
        jobOn("own", name, template);
    }

    void jobOn(String host, String name, String template) {
        create("""
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s}
                spec:
                  hostRef: {name: %s}
                  template:
                %s
                """.formatted(name, host, template.strip().indent(4)));
    }

    ContainerJob job(String name) {
        return client.resources(ContainerJob.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    /** What no definition of today lets through. */
    void unreadable() {
        client.raw("/apis/longshore.dev/v1/namespaces/" + namespace + "/containerjobs", "POST", """
                {"apiVersion": "longshore.dev/v1", "kind": "ContainerJob", "metadata": {"name": "long-name"},
                 "spec": {"hostSelector": {"matchLabels": {"%s": "v"}}, "template": {"image": "busybox:stable"}}}
                """.formatted(
                        "k".repeat(60_000)));
        client.raw("/apis/longshore.dev/v1/namespaces/" + namespace + "/containertemplates", "POST", """
                {"apiVersion": "longshore.dev/v1", "kind": "ContainerTemplate", "metadata": {"name": "bad"},
                 "spec": {"image": ["a", "b"]}}
                """);
    }

    private void secret(String name, String type, Map<String, byte[]> data) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withType(type)
                        .withData(data.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> Base64.getEncoder().encodeToString(entry.getValue()))))
                        .build())
                .create();
    }

    /** Jobs whose templates are nearly as large as the API server takes. */
    void largeJobs(int count, int kilobytes) {
        var template = ContainerTemplateSpecBuilder.builder()
                .image("busybox:stable")
                .command(List.of("true"))
                .args(Collections.nCopies(kilobytes, "x".repeat(1000)))
                .build();
        IntStream.range(0, count).parallel().forEach(i -> {
            var job = new ContainerJob();
            job.setMetadata(new ObjectMetaBuilder()
                    .withNamespace(namespace)
                    .withName("large-" + kilobytes + "-" + i)
                    .build());
            job.setSpec(ContainerJobSpecBuilder.builder()
                    .hostRef(new HostReference("own", null))
                    .template(template)
                    .build());
            client.resource(job).create();
        });
    }

    /** One Secret, a hundred times over. */
    void manyTimesTheSameSecret() {
        secret("whole", "Opaque", Map.of("KEY", "v".repeat(MIB - 1000).getBytes(UTF_8)));
        var env = IntStream.range(0, 64)
                .mapToObj(i -> "{prefix: P%d_, secretRef: {name: whole}}".formatted(i))
                .collect(Collectors.joining(", "));
        var files = IntStream.range(0, 64)
                .mapToObj(i -> "{secretName: whole, mountPath: /run/s%d}".formatted(i))
                .collect(Collectors.joining(", "));
        IntStream.range(0, 16).forEach(i -> create("""
                apiVersion: longshore.dev/v1
                kind: ContainerTemplate
                metadata: {name: whole-%d}
                spec: {image: 'busybox:stable', envFrom: [%s], secretFiles: [%s]}
                ---
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: whole-%d}
                spec: {hostRef: {name: own}, templateRef: {name: whole-%d}}
                """.formatted(i, env, files, i, i)));
    }

    /** Credentials whose registries are called by slashes. */
    void slashes() {
        var config = "{\"auths\": {\"" + "/".repeat(49_900) + "\": {\"auth\": \"dTpw\"}}}";
        secret("slashes", "kubernetes.io/dockerconfigjson", Map.of(".dockerconfigjson", config.getBytes(UTF_8)));
        IntStream.range(0, 16).forEach(i -> job("slashes-" + i, """
                image: 127.0.0.1:1/nothing
                imagePullSecrets: [{name: slashes}]
                retry: {limit: 100, initialDelaySeconds: 1, maxDelaySeconds: 1}
                """));
    }

    /** Tens of thousands of values to look for, in as much output as is kept. */
    void manyLinesToMask() {
        var lines = IntStream.range(0, 60_000).mapToObj(i -> "aaaaaaaaaaa" + i).collect(Collectors.joining("\n"));
        secret("lines", "Opaque", Map.of("KEY", lines.getBytes(UTF_8)));
        IntStream.range(0, 8).forEach(i -> job("masked-" + i, """
                image: busybox:stable
                command: [sh, -c, 'yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | head -c 1000000']
                secretFiles: [{secretName: lines, mountPath: /run/lines}]
                logs: {tailBytes: 65536}
                """));
    }

    /** Files of a size that nobody wants to read, beside a Secret. */
    void sparseFiles() {
        secret("small", "Opaque", Map.of("KEY", "a small value".getBytes(UTF_8)));
        job("sparse", """
                image: busybox:stable
                command:
                - sh
                - -c
                - for i in $(seq 150); do dd if=/dev/zero of=/run/small/$i bs=1 count=1 seek=1G; done; rm /run/small/KEY; sleep 20
                secretFiles: [{secretName: small, mountPath: /run/small}]
                """);
    }

    /** More output than anyone reads. */
    void longLogs() {
        IntStream.range(0, 2).forEach(i -> job("long-log-" + i, """
                image: busybox:stable
                command: [sh, -c, 'yes %s | head -c 50000000']
                """.formatted("long".repeat(20))));
    }

    /** Jobs that run on, and of which the operator is not to know any more. */
    void withoutFinalizers() {
        IntStream.range(0, 2).forEach(i -> {
            job("deserted-" + i, "{image: 'busybox:stable', command: [sleep, '600'], stopGracePeriodSeconds: 0}");
            var job =
                    client.resources(ContainerJob.class).inNamespace(namespace).withName("deserted-" + i);
            job.waitUntilCondition(
                    now -> now != null
                            && now.getStatus() != null
                            && now.getStatus().phase() == JobPhase.RUNNING,
                    START_SECONDS,
                    TimeUnit.SECONDS);
            job.edit(now -> {
                now.getMetadata().setFinalizers(List.of());
                return now;
            });
            job.delete();
        });
    }
}
