package dev.longshore.job.plan;

import dev.longshore.api.JobAttemptBuilder;
import dev.longshore.api.JobLogArchive;
import dev.longshore.api.JobLogsBuilder;
import dev.longshore.api.JobReason;
import dev.longshore.job.retention.LogState;
import dev.longshore.job.retention.Retention;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The terms of RetentionPlannerTest. */
final class RetainedTerms {
    private static final LogState.Stored STORED = new LogState.Stored("file:///archive/1.log.gz", 5, false);

    private RetainedTerms() {}

    static Map<String, Consumer<Situation>> all() {
        return Map.of(
                "archive", job -> job.retention = new Retention(true, true),
                "log owed", job -> job.retain(new LogState.Owed(null)),
                "says log owed",
                        job -> job.status
                                .attempt(1)
                                .exitCode(0)
                                .logs(JobLogsBuilder.builder()
                                        .archive(new JobLogArchive(null, null, null, LogState.RETRYING + "no space"))
                                        .build()),
                "log failed", job -> job.retain(new LogState.Owed("no space left")),
                "log stored", job -> job.retain(STORED),
                "others retained", Situation::retainOthers,
                "log reported", job -> job.retainReported(STORED),
                "keep 60s",
                        job -> {
                            job.retention = new Retention(false, true);
                            job.template.keepFailedSeconds(60);
                        },
                "nonzero",
                        job -> job.status.attempts(List.of(JobAttemptBuilder.builder()
                                .attempt(1)
                                .reason(JobReason.NON_ZERO_EXIT)
                                .build())));
    }
}
