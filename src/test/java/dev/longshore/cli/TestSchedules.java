package dev.longshore.cli;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Schedules beside the {@link TestJobs} of a namespace: nobody runs them. */
record TestSchedules(KubernetesClient client, TestJobs jobs) {
    /** @param fields what the spec has beside the template of the jobs, separated by semicolons */
    ContainerCronJob create(String name, String fields) {
        var yaml = """
                apiVersion: longshore.dev/v1
                kind: ContainerCronJob
                metadata: {name: '%s', labels: {team: data}}
                spec:
                  %s
                  jobTemplate:
                    metadata: {labels: {app: import}, annotations: {note: mine}}
                    spec: {%s}
                """.formatted(name, fields.replace("; ", "\n  "), TestJobs.ON_LOCAL);
        var cron = client.resources(ContainerCronJob.class)
                .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .item();
        return client.resource(cron).inNamespace(jobs.namespace()).create();
    }

    ContainerCronJob get(String name) {
        return client.resources(ContainerCronJob.class)
                .inNamespace(jobs.namespace())
                .withName(name)
                .get();
    }

    /** The job that was created. */
    ContainerJob trigger(String name) {
        var printed = jobs.commands().run("trigger", name, "-o", "name").lines().get(0);
        return jobs.job(printed.substring(printed.indexOf('/') + 1));
    }
}
