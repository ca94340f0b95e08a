package dev.longshore.job.plan;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.retention.LogState;
import dev.longshore.job.retention.RetainedContainer;
import dev.longshore.job.retention.RetainedContainers;
import dev.longshore.job.retention.Retention;
import dev.longshore.job.status.ArchivedLogs;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Plans what is to be done about containers that have ended and whose result is stored: those whose log is owed, or that are
 * kept, are retained, and what became of a log is reported.
 */
final class RetentionPlanner {
    private final Retention retention;
    private final RetainedContainers retained;
    private final Consumer<RetainedContainer> released;
    private final Consumer<ContainerJob> unseen;

    /**
     * @param released receives each that nothing is left to say about
     * @param unseen receives each job of which only the status says that a log is owed
     */
    RetentionPlanner(
            Retention retention,
            RetainedContainers retained,
            Consumer<RetainedContainer> released,
            Consumer<ContainerJob> unseen) {
        this.retention = retention;
        this.retained = retained;
        this.released = released;
        this.unseen = unseen;
    }

    /** The next step, if there is one. */
    Optional<JobPlan> plan(ContainerJob job, AttemptState state) {
        if (state.inFlight() != null) {
            return Optional.empty();
        }
        return retain(job, state).or(() -> {
            if (owesUnseen(job)) {
                unseen.accept(job);
            }
            return report(job);
        });
    }

    private Optional<JobPlan> retain(ContainerJob job, AttemptState state) {
        var uid = job.getMetadata().getUid();
        return state.hosted()
                .filter(one -> one.container().state() == ContainerSnapshot.State.EXITED
                        && resultIsStored(job, one.container())
                        && (retained.takes(uid, one.host(), one.container().id())
                                ? isWanted(job, one.container())
                                // The reaper has it retained already; the next attempt has nothing to do with it.
                                : !JobPhases.finished(job)))
                .map(JobPlan.Retain::new);
    }

    /** What an earlier process had to archive, and this one has not come across. */
    private boolean owesUnseen(ContainerJob job) {
        return ArchivedLogs.isOwed(job.getStatus())
                && retained.of(job.getMetadata().getUid()).stream()
                        .noneMatch(one ->
                                one.attempt() == job.getStatus().attempt() && !(one.log() instanceof LogState.NotOwed));
    }

    private boolean isWanted(ContainerJob job, ContainerSnapshot container) {
        return retention.wantsLog(Optional.of(job), container)
                || JobPhases.removesEnded(job)
                        && !retention.keep(Optional.of(job), container).isZero();
    }

    private static boolean resultIsStored(ContainerJob job, ContainerSnapshot container) {
        return JobPhases.finished(job) || JobLabels.attemptOf(container.labels()) < JobPhases.currentAttempt(job);
    }

    private Optional<JobPlan> report(ContainerJob job) {
        // Whoever runs a daemon can have any labels there.
        var all = retained.of(job.getMetadata().getUid()).stream()
                .filter(one -> one.job().equals(JobKey.of(job)))
                .toList();
        if (all.isEmpty() || job.getStatus() == null) {
            return Optional.empty();
        }
        var status = all.stream().reduce(job.getStatus(), ArchivedLogs::with, (one, other) -> other);
        if (!status.equals(job.getStatus())) {
            return Optional.of(new JobPlan.Report(status));
        }
        all.stream().filter(one -> !one.reported() && !one.isOwed()).forEach(one -> {
            retained.reported(one);
            released.accept(one);
        });
        return Optional.empty();
    }

    /** The log of a container that was lost is lost, too. */
    JobPlan withLostLog(JobPlan plan, ContainerJob job) {
        return plan instanceof JobPlan.Report report && losesContainer(job, report.status())
                ? new JobPlan.Report(
                        ArchivedLogs.lost(report.status(), report.status().message()))
                : plan;
    }

    private boolean losesContainer(ContainerJob job, ContainerJobStatus status) {
        var attempts = status.attempts();
        return !attempts.isEmpty()
                && attempts.get(attempts.size() - 1).reason() == JobReason.CONTAINER_LOST
                && !(job.getStatus() != null && attempts.equals(job.getStatus().attempts()))
                && retention.wantsLogs(job);
    }
}
