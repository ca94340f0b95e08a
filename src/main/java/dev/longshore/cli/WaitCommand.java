package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.cli.output.StatusText;
import dev.longshore.cli.output.Unobserved;
import dev.longshore.cli.output.Waiting;
import dev.longshore.client.JobWatch;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code longshore wait}. */
@Command(
        name = "wait",
        description = "Wait until jobs have finished.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all jobs completed",
            "1:a job failed or was canceled",
            "2:bad usage or input, or a job was not found or was deleted",
            "124:timed out"
        })
final class WaitCommand implements Callable<Integer> {
    private static final int TIMED_OUT = 124;

    @Mixin
    private JobChoice choice;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Maximum time to wait, such as 5m. Default: no limit.")
    private Duration timeout;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        choice.check();
        var start = System.nanoTime();
        return cluster.use(client -> await(client, start));
    }

    private int await(KubernetesClient client, long start) throws InterruptedException {
        var waits = new ArrayList<Wait>();
        try {
            choice.require(client).forEach(job -> waits.add(new Wait(client, job)));
            var exitCode = 0;
            for (var wait : waits) {
                exitCode = Math.max(exitCode, await(wait, start));
            }
            if (!output.isUnsaid()) {
                choice.print(client, waits.stream().map(wait -> wait.last.get()).toList(), output);
            }
            return exitCode;
        } finally {
            waits.forEach(wait -> wait.watch.close());
        }
    }

    private int await(Wait wait, long start) throws InterruptedException {
        try (var unobserved =
                Unobserved.remind(wait.last::get, spec.commandLine().getErr())) {
            var left = timeout == null ? null : timeout.minusNanos(System.nanoTime() - start);
            var job = wait.watch.await(left == null || !left.isNegative() ? left : Duration.ZERO);
            if (output.isUnsaid()) {
                spec.commandLine().getOut().println(Waiting.sentence(job));
                spec.commandLine().getOut().flush();
            }
            return Waiting.exitCode(job);
        } catch (TimeoutException e) {
            var job = wait.last.get();
            var err = spec.commandLine().getErr();
            err.println("longshore: timed out waiting for ContainerJob "
                    + job.getMetadata().getName() + ": " + StatusText.state(job));
            err.flush();
            return TIMED_OUT;
        }
    }

    /** For one job. */
    private static final class Wait {
        private final AtomicReference<ContainerJob> last = new AtomicReference<>();
        private final JobWatch watch;

        private Wait(KubernetesClient client, ContainerJob job) {
            watch = new JobWatch(client, job, last::set);
        }
    }
}
