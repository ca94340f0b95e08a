package dev.longshore.cli;

import dev.longshore.cli.output.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longshore suspend}. */
@Command(
        name = "suspend",
        description = {
            "Suspend ContainerCronJobs, or jobs that have not started.",
            "A suspended ContainerCronJob creates no jobs; those that it created before are not affected."
        },
        mixinStandardHelpOptions = true)
final class SuspendCommand implements Callable<Integer> {
    @Mixin
    private Suspension suspension;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws InterruptedException {
        suspension.check();
        return cluster.use(client -> suspension.set(client, true, output));
    }
}
