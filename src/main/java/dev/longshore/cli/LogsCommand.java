package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.client.Lookup;
import dev.longshore.docker.LogQuery;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longshore logs}. */
@Command(
        name = "logs",
        description = {
            "Prints what a job's container wrote: its stdout to stdout, its stderr to stderr.",
            "It comes from the Docker daemon while the container is there, with your own access to the DockerHost, the"
                    + " Secret of its certificates, and its endpoint. Else it is the excerpt in the job's status, and"
                    + " stderr says so. Secret values are masked in the excerpt only."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the log, or the excerpt, was printed",
            "1:there is no log (yet): the job has not been started",
            "2:bad usage or input, or the log, or its end, could not be had",
            "130:interrupted; the job goes on"
        })
final class LogsCommand implements Callable<Integer> {
    private static final int NO_LOG = 1;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "NAME", description = "Name of the ContainerJob.")
    private String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Wait for the start, and go on until the job has finished, over all its attempts.")
    private boolean follow;

    @Option(
            names = "--tail",
            paramLabel = "N",
            description = "Only the last N lines of what there is; of the excerpt, the last N of each stream.")
    private Integer tail;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = SinceConverter.class,
            description = "Only lines that are not older than this, such as 5m, or later than this time, in RFC 3339."
                    + " Lines of the excerpt have no times: it is printed unless the container ended before.")
    private Instant since;

    @Option(
            names = "--timestamps",
            description = "Put the daemon's time before each line. Not possible in the excerpt.")
    private boolean timestamps;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (tail != null && tail < 0) {
            throw new IllegalArgumentException("--tail has to be 0 or more");
        }
        return cluster.use(this::print);
    }

    private int print(KubernetesClient client) {
        var job = Lookup.find(client, ContainerJob.class, null, name);
        var output = LogOutput.ofProcess(spec.commandLine().getErr(), timestamps);
        return switch (new JobLog(client, job, output, new LogQuery(follow, tail, since)).show()) {
            case LOG -> 0;
            case NOTHING -> NO_LOG;
            case TOO_LITTLE -> Main.BAD_INPUT;
        };
    }
}
