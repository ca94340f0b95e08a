package dev.longshore.cli;

import dev.longshore.cli.log.ArchiveReader;
import dev.longshore.cli.log.AttemptChoice;
import dev.longshore.cli.log.JobLogViewer.Shown;
import dev.longshore.cli.log.LogOutput;
import dev.longshore.cli.log.LogRequest;
import dev.longshore.cli.log.SeveralLogs;
import dev.longshore.cli.output.ResourcePrinter;
import dev.longshore.docker.LogQuery;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code longshore logs}. */
@Command(
        name = "logs",
        description = {
            "Print the logs of one or more jobs.",
            "The container's stdout goes to stdout, its stderr to stderr. While the container exists, the log is read from"
                    + " the Docker daemon, with your own access to the DockerHost, its TLS Secret and its endpoint. After"
                    + " that, it is read from the log archive that --log-archive names, also if the job has been deleted;"
                    + " else the log tail in the job's status is printed, with a note on stderr if it is incomplete."
                    + " Secret values are masked in the archive and in the log tail only."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the logs, or the log tails, were printed",
            "1:no log (yet): the job has not started",
            "2:bad usage or input, or the log could not be read to its end",
            "130:interrupted; the job continues"
        })
final class LogsCommand implements Callable<Integer> {
    private static final int NO_LOG = 1;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private JobChoice jobs;

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

    @Option(names = "--attempt", paramLabel = "N", description = "Attempt whose log to print. Default: the last.")
    private Integer attempt;

    @Option(
            names = {"-p", "--previous"},
            description = "Print the log of the attempt before the last.")
    private boolean previous;

    @Option(
            names = "--uid",
            paramLabel = "UID",
            description = "UID of the job, where several had the same name. Default: the job that exists, else the one"
                    + " whose log was stored last.")
    private String uid;

    @Option(names = "--prefix", description = "Print the name of the job before each line.")
    private boolean prefix;

    @Option(
            names = "--max-log-requests",
            paramLabel = "N",
            defaultValue = "5",
            description = "Maximum number of jobs that --follow follows at once. Default: 5.")
    private int mostRequests;

    @Mixin
    private LogArchiveOptions logArchive;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        check();
        try (var archive = new ArchiveReader(logArchive.options())) {
            return cluster.use(client -> print(client, archive));
        }
    }

    private void check() {
        if (tail != null && tail < 0) {
            throw new IllegalArgumentException("--tail must be 0 or more");
        }
        if (attempt != null && attempt < 1) {
            throw new IllegalArgumentException("--attempt must be 1 or more");
        }
        if (attempt != null && previous) {
            throw new IllegalArgumentException("--attempt and --previous cannot be used together");
        }
        if (follow && (attempt != null || previous)) {
            throw new IllegalArgumentException(
                    (previous ? "--previous" : "--attempt") + " cannot be used with --follow");
        }
        jobs.check();
        if (uid != null && !jobs.isOneName()) {
            throw new IllegalArgumentException("--uid requires exactly one name");
        }
    }

    private int print(KubernetesClient client, ArchiveReader archive) throws InterruptedException {
        var output = LogOutput.ofProcess(spec.commandLine().getErr(), timestamps);
        var choice = new AttemptChoice(attempt, previous);
        var logs = new LogRequest(client, archive, output, new LogQuery(follow, tail, since), choice);
        var selected = jobs.select(client, uid);
        if (selected.isEmpty()) {
            ResourcePrinter.sayNone(spec, client, false);
        }
        return new SeveralLogs(logs, prefix, mostRequests)
                .show(selected).stream().mapToInt(LogsCommand::exitCode).max().orElse(0);
    }

    private static int exitCode(Shown shown) {
        return switch (shown) {
            case LOG -> 0;
            case NOTHING -> NO_LOG;
            case TOO_LITTLE -> Main.BAD_INPUT;
        };
    }
}
