package dev.longshore.cli;

import dev.longshore.api.ContainerJob;
import dev.longshore.cli.log.JobLogViewer;
import dev.longshore.cli.log.LogOutput;
import dev.longshore.cli.output.JobReport;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.cli.output.Waiting;
import dev.longshore.client.Lookup;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether a command that creates a job waits for its end. A mixin. */
final class EndOptions {
    @Option(names = "--wait", description = "Wait until the job has finished.")
    private boolean wait;

    @Option(names = "--follow", description = "Stream the log until the job has finished.")
    private boolean follow;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    boolean isAwaited() {
        return wait;
    }

    boolean isFollowed() {
        return follow;
    }

    /**
     * Reports a job that was created, and its end if that is awaited.
     *
     * @return the exit code
     */
    int report(KubernetesClient client, ContainerJob job, OutputOptions output) throws InterruptedException {
        var report = new JobReport(command, output);
        var err = command.commandLine().getErr();
        report.created(job, wait || follow);
        if (follow) {
            return report.finished(follow(client, job, err));
        }
        return wait ? report.finished(Waiting.await(client, job, err)) : 0;
    }

    /** Prints the log; the job once it has finished. */
    private static ContainerJob follow(KubernetesClient client, ContainerJob job, PrintWriter err) {
        var log = JobLogViewer.following(client, job, LogOutput.ofProcess(err, false));
        try (var reminder = Waiting.remind(() -> log.job().orElse(job), err)) {
            log.show();
        }
        return log.job()
                .orElseThrow(
                        () -> new IllegalStateException(Lookup.qualified(job) + " was deleted before it finished"));
    }
}
