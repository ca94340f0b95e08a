package dev.longshore.cli;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.cli.output.OutputOptions;
import dev.longshore.client.Lookup;
import dev.longshore.client.ManualRun;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code longshore trigger}. */
@Command(
        name = "trigger",
        description = {
            "Create a job of a ContainerCronJob now.",
            "The job is named CRONJOB-manual- and five random characters. It does not count as a scheduled run and does not"
                    + " replace one. A suspended ContainerCronJob can be triggered, too."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Interrupting the command with Ctrl-C does not stop the job."},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the job was created and, with --wait or --follow, completed",
            "1:the job did not complete",
            "2:bad usage or input, or the ContainerCronJob was not found; nothing was created"
        })
final class TriggerCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CRONJOB", description = "Name of a ContainerCronJob.")
    private String name;

    @Mixin
    private EndOptions end;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws InterruptedException {
        return cluster.use(this::trigger);
    }

    private int trigger(KubernetesClient client) throws InterruptedException {
        var cron = Lookup.find(client, ContainerCronJob.class, null, name);
        return end.report(client, ManualRun.create(client, cron), output);
    }
}
