package dev.longshore.job.engine;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobAttemptBuilder;
import dev.longshore.api.JobReason;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import dev.longshore.job.archiving.ArchiveReports;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.StateStore;
import dev.longshore.job.metrics.JobMetricsRecorder;
import dev.longshore.job.plan.JobPlan;
import dev.longshore.job.status.Retries;
import dev.longshore.job.status.StatusSize;
import dev.longshore.kubernetes.LeftOut;
import java.util.List;
import java.util.function.Supplier;

/** Stores the status of a job, and does what follows from that: Events, metrics, what is known of the attempt. */
final class StatusWriter {
    private final JobEvents events;
    private final JobFrontEnd frontEnd;
    private final Supplier<Moment> clock;
    private final StateStore states;
    private final JobMetricsRecorder metrics;
    private final HeldJobs held;
    private final ArchiveReports archive;

    StatusWriter(
            EnginePorts ports, StateStore states, JobMetricsRecorder metrics, HeldJobs held, ArchiveReports archive) {
        this.events = new JobEvents(ports.events());
        this.frontEnd = ports.frontEnd();
        this.clock = ports.clock();
        this.states = states;
        this.metrics = metrics;
        this.held = held;
        this.archive = archive;
    }

    /** What a job's status is now, as far as is known. */
    void observed(ContainerJob job) {
        metrics.observed(job, clock.get());
        held.observed(job);
    }

    /** @param known by which the status was planned */
    NextStep report(ContainerJob job, ContainerJobStatus status, AttemptState known, JobStore store) {
        if (LeftOut.isStub(job)) {
            // The cache has less of it than has to stay in the status.
            return store.read(JobKey.of(job)).<NextStep>map(NextStep.Plan::new).orElseGet(NextStep.Rest::untilEvent);
        }
        try {
            return new NextStep.Plan(reported(job, status, known, store));
        } catch (JobStore.Conflict e) {
            return NextStep.Rest.ofConflict();
        }
    }

    NextStep setFinalizer(ContainerJob job, boolean present, JobStore store) {
        try {
            return new NextStep.Plan(states.setFinalizer(job, present, store));
        } catch (JobStore.Conflict e) {
            return NextStep.Rest.ofConflict();
        }
    }

    /** Does nothing where another process leads by now. */
    NextStep unbind(ContainerJob job, JobPlan.Unbind plan, AttemptState known, JobStore store) {
        if (!frontEnd.stillLeads()) {
            return NextStep.Rest.after(JobPlan.Rest.SOON);
        }
        var next = report(job, plan.status(), known, store);
        if (plan.pruned() && next instanceof NextStep.Plan) {
            states.of(JobKey.of(job)).update(state -> state.prunedOnce(clock.get()));
        }
        return next;
    }

    private ContainerJob reported(ContainerJob job, ContainerJobStatus status, AttemptState known, JobStore store) {
        var sent = clock.get();
        var written = write(job, status, known, store);
        observed(written);
        var shared = states.of(JobKey.of(written));
        if (JobPhases.bound(written) && !JobPhases.bound(job)) {
            var bound = written.getStatus().containerID();
            shared.update(state -> state.boundHere(bound, sent, clock.get()));
            if (known.prepared() != null && known.prepared().warning() != null) {
                events.warned(written, known.prepared().warning());
            }
        }
        if (attemptFailed(job, written.getStatus())) {
            var due = clock.get().uptime().plus(Retries.delay(status.effective().retry(), status.attempt()));
            shared.update(state -> state.nextAttempt(JobPhases.currentAttempt(written), due));
        }
        events.changed(job, written);
        archive.changed(job, written);
        return written;
    }

    /** With less and less of what is large, where it is more than can be stored. */
    private ContainerJob write(ContainerJob job, ContainerJobStatus status, AttemptState known, JobStore store) {
        JobStore.TooLarge refused = null;
        for (var smaller : StatusSize.lessAndLess(job, status, clock.get().time())) {
            try {
                metrics.writing(job, smaller, known);
                return states.write(job, smaller, store);
            } catch (JobStore.TooLarge e) {
                refused = e;
            }
        }
        throw refused;
    }

    /** And the job has another. */
    private static boolean attemptFailed(ContainerJob before, ContainerJobStatus status) {
        return status.reason() == JobReason.RETRY_BACKOFF
                && (before.getStatus() == null || !ended(status).equals(ended(before.getStatus())));
    }

    /** Where their logs are does not matter. */
    private static List<JobAttempt> ended(ContainerJobStatus status) {
        return status.attempts().stream()
                .map(attempt ->
                        JobAttemptBuilder.builder(attempt).logArchive(null).build())
                .toList();
    }
}
