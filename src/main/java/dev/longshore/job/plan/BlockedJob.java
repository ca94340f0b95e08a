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
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Plans a blocked job: it reports why, and is reconciled again in time. */
final class BlockedJob {
    private BlockedJob() {}

    /** @param failed the status of one that was refused for too long */
    static JobPlan plan(
            ContainerJob job,
            AttemptState state,
            Blocked why,
            Moment now,
            Function<Failure, ContainerJobStatus> failed) {
        if (why instanceof Blocked.Undecided undecided) {
            return JobPlan.Rest.after(Moment.isOver(undecided.left()) ? JobPlan.Rest.SOON : undecided.left());
        }
        if (why instanceof Blocked.Refused refused) {
            return refused(job, state, refused, now, failed);
        }
        if (why instanceof Blocked.Queued queued) {
            return queued(job, state, queued, now);
        }
        var unmet = (Blocked.Unmet) why;
        return Pending.report(
                job, unmet.reason(), unmet.message(), now, Rechecks.after(job, state, unmet.reason(), now));
    }

    private static JobPlan queued(ContainerJob job, AttemptState state, Blocked.Queued why, Moment now) {
        var requeueAfter = Rechecks.after(job, state, why.reason(), now);
        return why.brief()
                .<JobPlan>map(brief -> JobPlan.Rest.after(
                        requeueAfter.filter(first -> first.compareTo(brief) < 0).orElse(brief)))
                .orElseGet(() -> Pending.report(job, why.reason(), why.message(), now, requeueAfter));
    }

    /** A refused job keeps that reason while it waits for its next turn: each change of reason is a write. */
    private static JobPlan refused(
            ContainerJob job,
            AttemptState state,
            Blocked.Refused why,
            Moment now,
            Function<Failure, ContainerJobStatus> failed) {
        var last = why.refusal();
        var over = state.refusals().overdue(last, now);
        if (over.isPresent()) {
            return new JobPlan.Report(failed.apply(over.get()));
        }
        var requeueAfter = Stream.concat(
                        why.requeueAfter().stream(),
                        Stream.concat(
                                state.refusals().left(now).stream(), JobTimes.untilDeadline(job, now.time()).stream()))
                .min(Duration::compareTo)
                .or(() -> Optional.of(JobPlan.Rest.SOON));
        return Pending.report(job, JobReason.HOST_REFUSED, last.message() + "; retrying", now, requeueAfter);
    }
}
