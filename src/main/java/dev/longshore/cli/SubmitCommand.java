package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.EnvVar;
import dev.longshore.api.HostReference;
import dev.longshore.api.HostSelector;
import dev.longshore.api.LocalReference;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.client.HostPattern;
import dev.longshore.client.JobBatch;
import dev.longshore.client.Lookup;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longshore submit}. */
@Command(
        name = "submit",
        description = "Create a job from a template, or one for each line of a file.",
        mixinStandardHelpOptions = true,
        footer = {"", "Interrupting the command with Ctrl-C does not stop the job."},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the job was created and, with --wait or --follow, completed",
            "1:the job did not complete",
            "2:bad usage or input, or the template or host was not found; nothing was created."
                    + " With --each: not all jobs were created"
        })
final class SubmitCommand implements Callable<Integer> {
    private static final int LOWEST_PRIORITY = 5;

    @Parameters(paramLabel = "TEMPLATE", description = "Name of a ContainerTemplate.")
    private String template;

    @Option(
            names = "--host",
            paramLabel = "[NS/]NAME",
            description = "DockerHost to run on. Default: the least loaded host in the job's namespace.")
    private String host;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the job. Default: TEMPLATE- and five random characters.")
    private String name;

    @Option(
            names = "--env",
            paramLabel = "K=V",
            description = "Environment variable, overriding the template's; may be repeated.")
    private List<String> env = List.of();

    @Option(
            names = "--arg",
            paramLabel = "ARG",
            description = "Argument, replacing the template's args; may be repeated.")
    private List<String> args;

    @Option(names = "--priority", paramLabel = "N", description = "Priority from 1 (first) to 5. Default: 3.")
    private Integer priority;

    @Option(
            names = "--each",
            paramLabel = "FILE",
            description = "Create a job for each line of this file, blank lines excepted; - is standard input."
                    + " {} in --arg and in the values of --env is the line.")
    private String each;

    @Mixin
    private EndOptions end;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (priority != null && (priority < 1 || priority > LOWEST_PRIORITY)) {
            throw new IllegalArgumentException("--priority must be from 1 to " + LOWEST_PRIORITY);
        }
        var pattern = host == null ? null : HostPattern.parse(host);
        var variables = Variables.of(env);
        if (each == null) {
            return cluster.use(client -> submit(client, pattern, variables));
        }
        checkEach(variables);
        var lines = EachLine.read(each);
        return cluster.use(client -> submitEach(client, pattern, variables, lines));
    }

    private void checkEach(Map<String, String> variables) {
        if (end.isAwaited() || end.isFollowed() || name != null) {
            throw new IllegalArgumentException("--each cannot be combined with "
                    + (name != null ? "--name: names are generated" : end.isAwaited() ? "--wait" : "--follow")
                    + (name != null ? "" : ": pass the names that -o name prints to longshore wait"));
        }
        if (Stream.concat(variables.values().stream(), args == null ? Stream.empty() : args.stream())
                .noneMatch(value -> value.contains(EachLine.PLACEHOLDER))) {
            throw new IllegalArgumentException(
                    "--each requires {} in --arg or in a value of --env: it is replaced by the line");
        }
    }

    private int submitEach(
            KubernetesClient client, HostPattern pattern, Map<String, String> variables, List<EachLine> lines)
            throws InterruptedException {
        var from = find(client, pattern);
        var jobs = lines.stream()
                .map(line -> job(client, from, pattern, variables, line::in))
                .toList();
        var report = new BatchReport(spec, output, each);
        return report.finished(client, new JobBatch(client).create(jobs, report::created), lines);
    }

    private int submit(KubernetesClient client, HostPattern pattern, Map<String, String> variables)
            throws InterruptedException {
        var from = find(client, pattern);
        var job = client.resource(job(client, from, pattern, variables, UnaryOperator.identity()))
                .create();
        return end.report(client, job, output);
    }

    private ContainerTemplate find(KubernetesClient client, HostPattern pattern) {
        var from = Lookup.find(client, ContainerTemplate.class, null, template);
        if (pattern != null) {
            Lookup.checkHost(client, pattern);
        }
        return from;
    }

    /** @param fill what becomes of each argument and value */
    private ContainerJob job(
            KubernetesClient client,
            ContainerTemplate from,
            HostPattern host,
            Map<String, String> variables,
            UnaryOperator<String> fill) {
        var templateName = from.getMetadata().getName();
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace(client.getNamespace())
                .withName(name)
                .withGenerateName(name == null ? templateName + "-" : null)
                .build());
        var fields = ContainerJobSpecBuilder.builder()
                .templateRef(new LocalReference(templateName))
                .priority(priority)
                .args(args == null ? null : args.stream().map(fill).toList())
                .env(variables.entrySet().stream()
                        .map(variable -> new EnvVar(variable.getKey(), fill.apply(variable.getValue()), null))
                        .toList());
        if (host == null) {
            fields.hostSelector(new HostSelector(null, null, null));
        } else {
            fields.hostRef(new HostReference(host.name(), host.namespace()));
        }
        job.setSpec(fields.build());
        return job;
    }
}
