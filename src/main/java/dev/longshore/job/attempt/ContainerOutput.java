package dev.longshore.job.attempt;

import dev.longshore.api.JobResultValue;
import dev.longshore.docker.LogTail;
import java.util.List;

/** What is stored of what a container left: the end of its log, and its results. Secrets are replaced in both. */
public record ContainerOutput(LogTail logs, List<JobResultValue> results) {
    public ContainerOutput {
        results = List.copyOf(results);
    }
}
