package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobReason;
import dev.longshore.job.Blocked;
import dev.longshore.job.Failure;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.status.JobTimes;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;

/** The wait of a job whose host refuses it for what may be reasons of the host's own. */
final class RefusedWait {
    private RefusedWait() {}

    /** One that was refused says so too while it waits for its next turn: each change of reason is a write. */
    static boolean is(Blocked why) {
        return why.refusal() != null;
    }

    /** @param failed the status of one that has waited for too long */
    static JobPlan plan(
            ContainerJob job,
            AttemptState state,
            Blocked why,
            Moment now,
            Function<Failure, ContainerJobStatus> failed) {
        var last = why.refusal();
        var over = state.refusals().overdue(last, now);
        if (over.isPresent()) {
            return new JobPlan.Report(failed.apply(over.get()));
        }
        var requeueAfter = Stream.concat(
                        Stream.ofNullable(why.requeueAfter()),
                        Stream.concat(
                                state.refusals().left(now).stream(),
                                Stream.ofNullable(JobTimes.untilDeadline(job, now.time()))))
                .min(Duration::compareTo)
                .orElse(Rechecks.SOON);
        return Pending.report(job, JobReason.HOST_REFUSED, last.message() + "; it is tried again", now, requeueAfter);
    }
}
