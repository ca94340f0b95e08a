package dev.longshore.cli.output;

import dev.longshore.api.ContainerJob;
import dev.longshore.cli.terminal.Terminal;
import java.util.Collection;

/** How jobs are called where they stand beside each other: with their namespace where there are several. */
public record JobNames(boolean withNamespace) {
    public static JobNames of(Collection<ContainerJob> jobs) {
        return new JobNames(jobs.stream()
                        .map(job -> job.getMetadata().getNamespace())
                        .distinct()
                        .count()
                > 1);
    }

    public String of(ContainerJob job) {
        var metadata = job.getMetadata();
        return Terminal.line(withNamespace ? metadata.getNamespace() + "/" + metadata.getName() : metadata.getName());
    }
}
