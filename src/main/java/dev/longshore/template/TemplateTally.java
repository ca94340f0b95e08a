package dev.longshore.template;

import dev.longshore.api.JobPhase;
import dev.longshore.api.StatusFormat;
import dev.longshore.api.TemplateJobs;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** The counts of one template. What was added can be removed, in any order. */
final class TemplateTally {
    private final Map<JobPhase, Integer> ended = new EnumMap<>(JobPhase.class);
    /** How many jobs finished at each time: when the last one is deleted, the one before it is the last. */
    private final TreeMap<String, Integer> finishedAt = new TreeMap<>();

    private int total;
    private int measured;
    private long millis;

    void add(JobCounts.Share job) {
        change(job, 1);
    }

    void remove(JobCounts.Share job) {
        change(job, -1);
    }

    private void change(JobCounts.Share job, int by) {
        total += by;
        if (job.end() != null) {
            ended.merge(job.end(), by, Integer::sum);
        }
        if (job.millis() != null) {
            measured += by;
            millis += by * job.millis();
        }
        if (job.finishedAt() != null) {
            finishedAt.merge(job.finishedAt(), by, (before, more) -> before + more == 0 ? null : before + more);
        }
    }

    boolean isEmpty() {
        return total == 0;
    }

    JobTotals totals() {
        var completed = ended.getOrDefault(JobPhase.COMPLETED, 0);
        var failed = ended.getOrDefault(JobPhase.FAILED, 0);
        var cancelled = ended.getOrDefault(JobPhase.CANCELLED, 0);
        return new JobTotals(
                new TemplateJobs(total, total - completed - failed - cancelled, completed, failed, cancelled),
                measured == 0 ? null : StatusFormat.duration(Duration.ofMillis(Math.round((double) millis / measured))),
                finishedAt.isEmpty() ? null : finishedAt.lastKey());
    }
}
