package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.cli.output.JobPrinter;
import dev.longshore.cli.run.RunProgress;
import dev.longshore.cli.run.RunReport;
import dev.longshore.cli.run.RunStopper;
import dev.longshore.cli.run.ScheduleProgress;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import dev.longshore.local.LocalRun;
import dev.longshore.local.RunOptions;
import dev.longshore.local.RunSchedules;
import dev.longshore.local.ScheduleFile;
import dev.longshore.manifest.ManifestReader;
import dev.longshore.manifest.Manifests;
import dev.longshore.manifest.Overrides;
import dev.longshore.manifest.Purpose;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longshore run}. */
@Command(
        name = "run",
        description = {
            "Run the jobs in manifests without a cluster.",
            "Each job runs on the Docker daemon of its host. keepFailedSeconds has no effect.",
            "With --schedules, the ContainerCronJobs in the manifests are run as well, until Ctrl-C or SIGTERM, and"
                    + " jobs wait for a Docker daemon that is not reachable."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all jobs completed",
            "1:a job did not complete",
            "2:bad usage or input, or, without --schedules, no Docker daemon is reachable; no job was started",
            "130, 143:stopped by Ctrl-C or SIGTERM"
        })
final class RunCommand implements Callable<Integer> {
    private static final int NOT_COMPLETED = 1;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Manifest file, directory, or - for standard input. A job without a host runs on the local daemon.")
    private List<String> files;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|yaml|json",
            defaultValue = "table",
            description =
                    "Output format of the results. Not with --schedules, which prints no results at the end. Default: table.")
    private JobPrinter.Format output;

    @Option(
            names = "--max-concurrent",
            paramLabel = "N",
            description = "Maximum number of concurrent jobs per host, unless the host's own limit is lower.")
    private Integer mostConcurrent;

    @Option(
            names = "--env",
            paramLabel = "K=V",
            description = "Environment variable to set in every job, overriding the job's own; may be repeated.")
    private List<String> env = List.of();

    @Option(
            names = "--set-host",
            paramLabel = "HOST",
            description =
                    "Run all jobs on this DockerHost from the manifests, or on an endpoint: unix:///path or tcp://host:port.")
    private String host;

    @Option(
            names = "--logs",
            paramLabel = "DIR",
            description =
                    "Directory for the complete log of each attempt, as NAMESPACE/JOB/UID/ATTEMPT.log.gz. Created if it does not exist.")
    private Path logs;

    @Option(
            names = "--schedules",
            description =
                    "Stay in the foreground and create the jobs of the ContainerCronJobs. Other jobs in the manifests run once at each start.")
    private boolean schedules;

    @Option(
            names = "--state",
            paramLabel = "FILE",
            description =
                    "State file of --schedules: which scheduled times are done, and which jobs are not finished. One process at a time can use it. Default: $XDG_STATE_HOME/longshore/schedules-HASH.json, where HASH stands for the absolute paths of the manifests; without XDG_STATE_HOME, in ~/.local/state.")
    private Path state;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.quiet();
        var options = options();
        var manifests = Manifests.of(reader(options).read(files, System.in));
        return schedules ? runSchedules(manifests, options) : runJobs(manifests, options);
    }

    private int runJobs(Manifests manifests, RunOptions options) throws InterruptedException {
        var left = ScheduleArguments.requireJobs(manifests, files, state);
        left.ifPresent(message -> {
            spec.commandLine().getErr().println("longshore: " + message);
            spec.commandLine().getErr().flush();
        });
        var containers = new ConcurrentHashMap<JobKey, String>();
        var err = spec.commandLine().getErr();
        try (var progress = RunProgress.of(manifests.jobs(), err);
                var run = begin(manifests, options, progress, containers, RunSchedules.NONE);
                var stopper = new RunStopper(run, progress, err, containers)) {
            var jobs = run.run();
            progress.end();
            new RunReport(jobs).print(err, spec.commandLine().getOut(), output);
            var completed = jobs.stream().allMatch(job -> JobPhases.of(job) == JobPhase.COMPLETED);
            return stopper.exitCode(completed ? 0 : NOT_COMPLETED);
        }
    }

    private int runSchedules(Manifests manifests, RunOptions options) throws InterruptedException {
        if (spec.commandLine().getParseResult().hasMatchedOption("--output")) {
            throw new IllegalArgumentException(
                    "-o cannot be used with --schedules, which prints no results at the end");
        }
        ScheduleArguments.requireSchedules(manifests, files);
        var containers = new ConcurrentHashMap<JobKey, String>();
        var err = spec.commandLine().getErr();
        var progress = new ScheduleProgress(manifests, err);
        try (var file = ScheduleFile.open(ScheduleArguments.stateFile(state, files));
                var run = begin(manifests, options, progress, containers, new RunSchedules(file, progress));
                var stopper = new RunStopper(run, progress, err, containers)) {
            progress.start(manifests.cronJobs(), Instant.now());
            run.run();
            return stopper.exitCode(0);
        }
    }

    private static LocalRun begin(
            Manifests manifests,
            RunOptions options,
            RunProgress progress,
            ConcurrentHashMap<JobKey, String> containers,
            RunSchedules schedules) {
        Consumer<ContainerJob> changed = job -> {
            RunStopper.note(job, containers);
            progress.changed(job);
        };
        return new LocalRun(manifests, options, new DockerJavaEngineFactory(), changed, schedules);
    }

    private static ManifestReader reader(RunOptions options) {
        return new ManifestReader(
                Purpose.RUN, new Overrides(options.host() != null, options.env().keySet()));
    }

    private RunOptions options() {
        if (mostConcurrent != null && mostConcurrent < 1) {
            throw new IllegalArgumentException("--max-concurrent must be 1 or more");
        }
        if (logs != null && logs.toString().isEmpty()) {
            throw new IllegalArgumentException("--logs must not be empty");
        }
        return new RunOptions(mostConcurrent, host, Variables.of(env), logs);
    }
}
