package dev.longshore.cli;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.DockerHost;
import dev.longshore.cli.output.Columns;
import dev.longshore.cli.output.CronJobDescription;
import dev.longshore.cli.output.Description;
import dev.longshore.cli.output.JobDescription;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.cli.output.OutputOptions.Format;
import dev.longshore.cli.output.ResourcePrinter;
import dev.longshore.cli.output.ScheduleColumns;
import dev.longshore.client.JobQueryBuilder;
import dev.longshore.client.KeptContainer;
import dev.longshore.client.QueueLookup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code longshore describe}. */
@Command(
        name = "describe",
        description = {
            "Show details of one or more jobs or schedules.",
            "Shows configuration, status, log tail and Events; of a job that waits for a slot or room, its place in the queue and"
                    + " what holds it up, as far as you may list jobs and hosts.",
            "ccj/NAME is a ContainerCronJob: shows configuration, next times, status, its newest jobs and Events."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "With -o, prints the resources themselves."})
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
        var found = choice.findBesideSchedules(client);
        var out = spec.commandLine().getOut();
        var now = Instant.now();
        if (!output.isUnsaid() || found.isEmpty()) {
            print(client, found, now);
            return 0;
        }
        var separator = "";
        for (var each : found) {
            out.print(separator);
            (each instanceof ContainerCronJob cron
                            ? description(client, cron, now)
                            : description(client, (ContainerJob) each, now))
                    .print(out);
            separator = System.lineSeparator();
        }
        out.flush();
        return 0;
    }

    /** Tables of different kinds are separate. */
    private void print(KubernetesClient client, List<HasMetadata> found, Instant now) {
        var jobs = only(ContainerJob.class, found);
        var schedules = only(ContainerCronJob.class, found);
        var format = output.orElse(Format.TABLE);
        var out = spec.commandLine().getOut();
        if (schedules.isEmpty()) {
            choice.print(client, jobs, output);
        } else if (format == Format.TABLE || format == Format.WIDE) {
            if (!jobs.isEmpty()) {
                choice.print(client, jobs, output);
                out.println();
            }
            ScheduleColumns.table(schedules, 1, now, format == Format.WIDE, false)
                    .print(out);
            out.flush();
        } else {
            ResourcePrinter.printNamed(found, format, new Columns<>(), out);
        }
    }

    private static <T> List<T> only(Class<T> kind, List<HasMetadata> found) {
        return found.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private Description description(KubernetesClient client, ContainerJob job, Instant now) {
        return JobDescription.of(
                job,
                template(client, job),
                host(client, job, now),
                new QueueLookup(client).of(job).orElse(null),
                events(client, job),
                now);
    }

    private Description description(KubernetesClient client, ContainerCronJob cron, Instant now) {
        return CronJobDescription.of(
                cron, template(client, CronJobDescription.job(cron)), jobs(client, cron), events(client, cron), now);
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

    /** @return null where they may not be read: the schedule may */
    private static List<ContainerJob> jobs(KubernetesClient client, ContainerCronJob cron) {
        try {
            return JobQueryBuilder.builder()
                    .namespace(cron.getMetadata().getNamespace())
                    .owners(Set.of(cron.getMetadata().getUid()))
                    .build()
                    .list(client, job -> job);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                return null;
            }
            throw e;
        }
    }

    /** @return null where they may not be read: the resource may */
    private static List<Event> events(KubernetesClient client, HasMetadata resource) {
        try {
            return client.events()
                    .v1()
                    .events()
                    .inNamespace(resource.getMetadata().getNamespace())
                    .withField("regarding.uid", resource.getMetadata().getUid())
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
