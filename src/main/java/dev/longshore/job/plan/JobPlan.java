package dev.longshore.job.plan;

import dev.longshore.api.ContainerJobStatus;
import dev.longshore.job.HostKey;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.Operation;
import java.time.Duration;
import java.util.Optional;

/** The one next step for a job. */
public sealed interface JobPlan {
    /** When to reconcile again at the latest, if the plan is not carried out now. */
    default Optional<Duration> requeueAfter() {
        return Optional.empty();
    }

    /** Store this status, then plan again. */
    record Report(ContainerJobStatus status, @Override Optional<Duration> requeueAfter) implements JobPlan {
        public Report(ContainerJobStatus status) {
            this(status, Optional.empty());
        }

        /** Whether it says of a container that nobody starts it for now: only who leads for certain may say so. */
        public boolean isWithdrawal() {
            return Withdrawal.isReport(status);
        }
    }

    /**
     * Nobody has started the container that the job is bound to, and it is gone: store this status, so that another one may
     * be created.
     *
     * @param pruned whether someone else has removed it
     */
    record Unbind(ContainerJobStatus status, boolean pruned) implements JobPlan {}

    /** Work on a host, which reports when it is done. */
    record Act(HostKey host, Operation operation) implements JobPlan {}

    /** The container's name is taken by one of ours: read the job from the API server itself. */
    record Reclaim() implements JobPlan {}

    /** A container has ended, and its result is stored: it stays for a while. Then plan again. */
    record Retain(AttemptState.HostedContainer container) implements JobPlan {}

    /** From now on the deletion of the job has to wait for its container, or need not any more. Then plan again. */
    record SetFinalizer(boolean present, @Override Optional<Duration> requeueAfter) implements JobPlan {
        public SetFinalizer(boolean present) {
            this(present, Optional.empty());
        }
    }

    /** Nothing to do now; reconcile again when something happens, and after so long at the latest. */
    record Rest(@Override Optional<Duration> requeueAfter) implements JobPlan {
        /** How long to wait where no event comes and what is missing may be there in a moment. */
        public static final Duration SOON = Duration.ofSeconds(2);

        static Rest untilEvent() {
            return new Rest(Optional.empty());
        }

        static Rest after(Duration time) {
            return new Rest(Optional.of(time));
        }
    }

    /** The job's time has come: delete the resource. */
    record Delete() implements JobPlan {}
}
