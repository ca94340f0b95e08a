package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.DockerHost;
import dev.longshore.cli.output.JobDescription;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.client.KeptContainer;
import dev.longshore.client.QueueLookup;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code longshore describe}. */
@Command(
        name = "describe",
        description = {
            "Show details of one or more jobs.",
            "Shows configuration, status, log tail and Events; of a job that waits for a slot or room, its place in the queue and"
                    + " what holds it up, as far as you may list jobs and hosts."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "With -o, prints the jobs themselves."})
final class DescribeCommand implements Callable<Integer> {
    @Mixin
    private JobChoice choice;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        choice.check();
        return cluster.use(this::describe);
    }

    private int describe(KubernetesClient client) {
        var jobs = choice.find(client);
        var out = spec.commandLine().getOut();
        var now = Instant.now();
        if (!output.isUnsaid() || jobs.isEmpty()) {
            choice.print(client, jobs, output);
            return 0;
        }
        var separator = "";
        for (var job : jobs) {
            out.print(separator);
            JobDescription.of(
                            job,
                            template(client, job),
                            host(client, job, now),
                            new QueueLookup(client).of(job).orElse(null),
                            events(client, job),
                            now)
                    .print(out);
            separator = System.lineSeparator();
        }
        out.flush();
        return 0;
    }

    /** @return null where the job's status has what its template and its own overrides came to */
    private static JobDescription.Template template(KubernetesClient client, ContainerJob job) {
        if (job.getStatus() != null && job.getStatus().effective() != null) {
            return null;
        }
        var spec = job.getSpec();
        if (spec.template() != null) {
            return new JobDescription.Template(spec.template(), null);
        }
        var name = spec.templateRef().name();
        try {
            var template = client.resources(ContainerTemplate.class)
                    .inNamespace(job.getMetadata().getNamespace())
                    .withName(name)
                    .get();
            return template == null
                    ? new JobDescription.Template(null, "<unknown: ContainerTemplate " + name + " not found>")
                    : new JobDescription.Template(template.getSpec(), null);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return new JobDescription.Template(
                        null, "<unknown: no permission to read ContainerTemplate " + name + ">");
            }
            throw e;
        }
    }

    /** @return null unless a container on it is kept, and where it may not be read */
    private static DockerHost host(KubernetesClient client, ContainerJob job, Instant now) {
        if (KeptContainer.of(job, now).isEmpty() || job.getStatus().host() == null) {
            return null;
        }
        var where = job.getStatus().host();
        try {
            return client.resources(DockerHost.class)
                    .inNamespace(where.namespace())
                    .withName(where.name())
                    .get();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return null;
            }
            throw e;
        }
    }

    /** @return null where they may not be read: the job may */
    private static List<Event> events(KubernetesClient client, ContainerJob job) {
        try {
            return client.events()
                    .v1()
                    .events()
                    .inNamespace(job.getMetadata().getNamespace())
                    .withField("regarding.uid", job.getMetadata().getUid())
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return null;
            }
            throw e;
        }
    }
}
