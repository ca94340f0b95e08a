package dev.longshore.job;

import dev.longshore.docker.Redactor;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What this process knows of one job, shared by the thread that reconciles it (one at a time), the threads of its host
 * that complete its operations, and the one that delivers its events. Each change is atomic.
 */
final class JobActivity {
    private final JobKey job;
    private JobFacts facts = JobFacts.NONE;
    private Redactor redactor;

    JobActivity(JobKey job) {
        this.job = job;
    }

    JobKey job() {
        return job;
    }

    synchronized JobFacts facts() {
        return facts;
    }

    synchronized JobFacts update(UnaryOperator<JobFacts> change) {
        facts = change.apply(facts);
        return facts;
    }

    /** Claims the job for one operation; false while there is another. */
    synchronized boolean begin(Operation operation, String host) {
        if (facts.inFlight() != null) {
            return false;
        }
        facts = facts.with(
                next -> next.inFlight(operation.kind()).inFlightOn(host).pulling(false));
        return true;
    }

    /** Knows the secret values that went into the container; nothing after a restart of this process. */
    synchronized Optional<Redactor> redactor() {
        return Optional.ofNullable(redactor);
    }

    synchronized void redactor(Redactor made) {
        redactor = made;
    }
}
