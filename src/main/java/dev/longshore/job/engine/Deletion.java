package dev.longshore.job.engine;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.StatusFormat;
import dev.longshore.job.JobKey;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.Operation;
import dev.longshore.job.attempt.SharedState;
import dev.longshore.job.attempt.StateStore;
import dev.longshore.job.plan.JobCleanup;
import dev.longshore.job.plan.JobPlan;
import dev.longshore.job.queue.Slots;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One reconciliation of a job that is being deleted: stops and removes its containers, and says so where that costs a log. */
final class Deletion {
    private final StateStore states;
    private final Slots slots;
    private final JobCleanup cleanup;
    private final EndedContainers ended;
    private final Supplier<Moment> clock;
    private final Work work;
    private final Consumer<JobKey> forget;

    /** Begins what is done on a host. */
    interface Work {
        void begin(ContainerJob job, SharedState shared, JobPlan.Act act);
    }

    Deletion(
            StateStore states,
            Slots slots,
            JobCleanup cleanup,
            EndedContainers ended,
            Supplier<Moment> clock,
            Work work,
            Consumer<JobKey> forget) {
        this.states = states;
        this.slots = slots;
        this.cleanup = cleanup;
        this.ended = ended;
        this.clock = clock;
        this.work = work;
        this.forget = forget;
    }

    /** When to reconcile again; nothing once the job may go. */
    Optional<Duration> cleanUp(ContainerJob job, Duration releaseAfter) {
        var key = JobKey.of(job);
        var shared = states.of(key);
        var state = shared.update(AttemptState::abandoned);
        slots.barrier().synced(key.uid(), slots.barrier().awaiting(key.uid()));
        var plan = cleanup.plan(job, state, clock.get(), releaseAfter);
        abandonLogs(job, state, plan, releaseAfter);
        if (plan instanceof JobPlan.Delete) {
            forget.accept(key);
            return Optional.empty();
        }
        if (plan instanceof JobPlan.Act act) {
            work.begin(job, shared, act);
        }
        var requeueAfter = plan instanceof JobPlan.Rest rest ? rest.requeueAfter() : Optional.<Duration>empty();
        return requeueAfter.or(() -> Optional.of(releaseAfter));
    }

    private void abandonLogs(ContainerJob job, AttemptState state, JobPlan plan, Duration releaseAfter) {
        var limit = StatusFormat.duration(releaseAfter) + " (--release-after)";
        if (plan instanceof JobPlan.Act act && act.operation() instanceof Operation.RemoveAll all && !all.keepOwed()) {
            ended.abandon(job, "the job was deleted, and its log was not archived within " + limit);
        } else if (plan instanceof JobPlan.Delete && !state.deletion().cleaned()) {
            ended.abandonUnobserved(job, "the job was deleted, and its DockerHost was unreachable for " + limit);
        }
    }
}
