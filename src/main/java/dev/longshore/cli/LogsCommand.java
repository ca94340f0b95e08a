package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.cli.log.JobLogViewer;
import dev.longshore.cli.log.LogOutput;
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
            "Print the log of a job.",
            "The container's stdout goes to stdout, its stderr to stderr. While the container exists, the log is read from"
                    + " the Docker daemon, with your own access to the DockerHost, its TLS Secret and its endpoint. After"
                    + " that, the log tail in the job's status is printed, with a note on stderr if it is incomplete. Secret"
                    + " values are masked in the log tail only."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the log, or the log tail, was printed",
            "1:no log (yet): the job has not started",
            "2:bad usage or input, or the log could not be read to its end",
            "130:interrupted; the job continues"
        })
final class LogsCommand implements Callable<Integer> {
    private static final int NO_LOG = 1;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "NAME", description = "Name of the job.")
    private String name;

    @Option(
            names = {"-f", "--follow"},
            description =
                    "Stream the log: wait for the job to start, and continue across attempts until it has finished.")
    private boolean follow;

    @Option(
            names = "--tail",
            paramLabel = "N",
            description = "Only the last N lines; of the log tail, the last N of each stream.")
    private Integer tail;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = SinceConverter.class,
            description = "Only lines newer than a duration, such as 5m, or than a time in RFC 3339."
                    + " The log tail has no timestamps: it is printed unless the container exited before.")
    private Instant since;

    @Option(
            names = "--timestamps",
            description = "Print the daemon's timestamp before each line. Not available for the log tail.")
    private boolean timestamps;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (tail != null && tail < 0) {
            throw new IllegalArgumentException("--tail must be 0 or more");
        }
        return cluster.use(this::print);
    }

    private int print(KubernetesClient client) {
        var job = Lookup.find(client, ContainerJob.class, null, name);
        var output = LogOutput.ofProcess(spec.commandLine().getErr(), timestamps);
        return switch (new JobLogViewer(client, job, output, new LogQuery(follow, tail, since)).show()) {
            case LOG -> 0;
            case NOTHING -> NO_LOG;
            case TOO_LITTLE -> Main.BAD_INPUT;
        };
    }
}
