package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.docker.DockerJavaEngineFactory;
import dev.longshore.local.LocalRun;
import dev.longshore.manifest.ManifestReader;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longshore run}. */
@Command(
        name = "run",
        description = "Runs the jobs in manifests on the Docker daemons that they name, without a cluster.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all jobs completed", "1:one did not", "2:bad usage or input; nothing was run"})
final class RunCommand implements Callable<Integer> {
    private static final int NOT_COMPLETED = 1;
    /** For stopping what runs after Ctrl-C: the usual grace period, and some more. */
    private static final long LONGEST_STOP_SECONDS = 30;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "File or folder of manifests, - for standard input. A job with no host runs on the local daemon.")
    private List<String> files;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|yaml|json",
            defaultValue = "table",
            description = "How the jobs are printed at the end. Default: table.")
    private JobPrinter.Format output;

    @Option(
            names = "--max-concurrent",
            paramLabel = "N",
            description = "Most jobs at once on each host, where the host itself does not say less.")
    private Integer mostConcurrent;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Logging.quiet();
        if (mostConcurrent != null && mostConcurrent < 1) {
            throw new IllegalArgumentException("--max-concurrent has to be 1 or more");
        }
        var err = spec.commandLine().getErr();
        var manifests = new ManifestReader().read(files, System.in);
        if (manifests.jobs().isEmpty()) {
            throw new IllegalArgumentException("there is no ContainerJob in " + String.join(", ", files));
        }
        var ended = new CountDownLatch(1);
        try (var run =
                new LocalRun(manifests, mostConcurrent, new DockerJavaEngineFactory(), job -> progress(err, job))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(run, ended), "interrupt"));
            var jobs = run.run();
            report(jobs, err);
            return jobs.stream().allMatch(job -> job.getStatus().phase() == JobPhase.COMPLETED) ? 0 : NOT_COMPLETED;
        } finally {
            ended.countDown();
        }
    }

    /** Interrupted: containers are not left behind, and what became of the jobs is still reported. */
    private static void stop(LocalRun run, CountDownLatch ended) {
        if (ended.getCount() > 0) {
            run.cancel();
            try {
                var unused = ended.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void progress(PrintWriter err, ContainerJob job) {
        var status = job.getStatus();
        var phase = Words.of(status.phase());
        var reason = status.reason() == null || status.reason().word().equals(phase)
                ? ""
                : " (" + status.reason().word() + ")";
        err.println(job.getMetadata().getName() + ": " + phase + reason + ", " + Terminal.clean(status.message()));
        err.flush();
    }

    private void report(Collection<ContainerJob> jobs, PrintWriter err) {
        jobs.stream()
                .filter(job -> job.getStatus().phase() == JobPhase.FAILED
                        && job.getStatus().logs() != null)
                .forEach(job -> {
                    err.println("--- log of " + job.getMetadata().getName() + " ---");
                    err.println(Terminal.clean(job.getStatus().logs().stdout()));
                    err.println(Terminal.clean(job.getStatus().logs().stderr()));
                });
        err.flush();
        var out = spec.commandLine().getOut();
        JobPrinter.print(jobs, output, out);
        out.flush();
    }
}
