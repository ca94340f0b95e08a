package dev.longshore.job.status;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.JobResultValue;
import dev.longshore.job.JobPhases;
import dev.longshore.kubernetes.JsonSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a job well below the 1.5 MB that etcd stores, in the form that it is stored in: a spec and {@code effective} of 256 KiB
 * each at most, two tails of 128 KiB, results of 240 KiB, a message of 4 KiB, which stands in each condition, too. What else
 * there is of the job, such as annotations, is its owner's; where it leaves too little room, the log goes first, then
 * {@code effective}, then the results.
 */
public final class StatusSize {
    private static final long TAIL = 128 * 1024;
    private static final long MESSAGE = 4 * 1024;
    private static final String MORE = "...";
    private static final String RESULTS_TOO_LARGE =
            "not stored: job and status are too large for the API server to store";

    private StatusSize() {}

    /** A message, without its end where it is very long. */
    static String message(String message) {
        if (message == null || message.length() * JsonSize.LONGEST_CHARACTER <= MESSAGE) {
            return message;
        }
        var end = 0;
        for (long bytes = 0; end < message.length(); end++) {
            bytes += JsonSize.ofText(message, end, end + 1);
            if (bytes > MESSAGE) {
                break;
            }
        }
        if (end < message.length() && Character.isLowSurrogate(message.charAt(end))) {
            end--;
        }
        return end == message.length() ? message : message.substring(0, end) + MORE;
    }

    /** Tails without their beginnings where they are very long as they are stored: a control character takes 6 bytes. */
    static JobLogs logs(String stdout, String stderr, boolean truncated) {
        var out = tail(stdout);
        var err = tail(stderr);
        return new JobLogs(out, err, truncated || !out.equals(stdout) || !err.equals(stderr));
    }

    private static String tail(String text) {
        var start = text.length();
        for (long bytes = 0; start > 0; start--) {
            bytes += JsonSize.ofText(text, start - 1, start);
            if (bytes > TAIL) {
                break;
            }
        }
        if (start > 0 && start < text.length() && Character.isLowSurrogate(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    /** A status, and what is stored instead where the API server refuses it as too large, in this order. */
    public static List<ContainerJobStatus> lessAndLess(ContainerJob job, ContainerJobStatus status, Instant now) {
        var all = new ArrayList<>(List.of(status));
        var finished = JobPhases.finished(status.phase());
        if (status.logs() != null) {
            all.add(ContainerJobStatusBuilder.builder(status)
                    .logs(new JobLogs("", "", true, status.logs().archive()))
                    .build());
        }
        if (finished && status.effective() != null) {
            all.add(ContainerJobStatusBuilder.builder(all.get(all.size() - 1))
                    .effective(null)
                    .build());
        }
        if (status.results().stream().anyMatch(result -> result.value() != null)) {
            all.add(ContainerJobStatusBuilder.builder(all.get(all.size() - 1))
                    .results(status.results().stream()
                            .map(result -> result.value() == null
                                    ? result
                                    : new JobResultValue(result.name(), null, RESULTS_TOO_LARGE))
                            .toList())
                    .build());
        }
        if (status.phase() == JobPhase.PENDING) {
            // Nothing of this attempt runs, and what ran before it did not succeed.
            all.add(new JobStatuses(job, now).tooLarge());
        }
        return all;
    }

    static JobResult tooLarge() {
        return JobResult.failed(
                JobReason.CREATE_FAILED,
                "job and status are too large for the API server to store (request is too large):"
                        + " reduce the template, labels and annotations");
    }
}
