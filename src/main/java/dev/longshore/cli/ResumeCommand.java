package dev.longshore.cli;

import dev.longshore.cli.output.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longshore resume}. */
@Command(
        name = "resume",
        description = {
            "Resume ContainerCronJobs or jobs that are suspended.",
            "Of the times that a ContainerCronJob missed while it was suspended, the newest is made up for, within its"
                    + " startingDeadlineSeconds."
        },
        mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private Suspension suspension;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws InterruptedException {
        suspension.check();
        return cluster.use(client -> suspension.set(client, false, output));
    }
}
