package dev.longshore.job.attempt;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.Redactor;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import java.lang.ref.SoftReference;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * What this process knows of one job, shared by the thread that reconciles it (one at a time), the threads of its host
 * that complete its operations, and the one that delivers its events. Each change is atomic.
 */
public final class SharedState {
    private final JobKey job;
    private AttemptState state = AttemptState.NONE;
    private SoftReference<Redactor> redactor = new SoftReference<>(null);
    /** The name of the container whose values it masks. */
    private String redacts;
    /** Completed once the container that is being prepared is no longer wanted. */
    private CompletableFuture<Void> unwanted = new CompletableFuture<>();

    public SharedState(JobKey job) {
        this.job = job;
    }

    JobKey job() {
        return job;
    }

    public synchronized AttemptState state() {
        return state;
    }

    boolean isOn(HostKey host) {
        return state().hosted().filter(known -> known.host().equals(host)).isPresent();
    }

    /** If the change abandons what is being prepared, the preparation is notified, on a thread of its own. */
    public AttemptState update(UnaryOperator<AttemptState> change) {
        AttemptState now;
        CompletableFuture<Void> abandonment;
        synchronized (this) {
            state = change.apply(state);
            now = state;
            abandonment = unwanted;
        }
        if (now.deletion().abandoned()) {
            abandonment.complete(null);
        }
        return now;
    }

    /** Claims the job for one operation; false while there is another. */
    public synchronized boolean begin(Operation operation, HostKey host) {
        if (state.inFlight() != null) {
            return false;
        }
        var prepares = operation.kind() == Operation.Kind.PREPARE;
        if (prepares) {
            unwanted = new CompletableFuture<>();
        }
        state = state.with(next -> next.inFlight(new InFlight(operation.kind(), host, false))
                .creation(state.creation().withInputsWait(false))
                .deletion(
                        state.deletion().abandoned(!prepares && state.deletion().abandoned())));
        return true;
    }

    public synchronized CompletableFuture<Void> unwanted() {
        return unwanted;
    }

    /**
     * Knows the secret values that went into the container; nothing after a restart of this process, or where memory got
     * short meanwhile.
     */
    public synchronized Optional<Redactor> redactor() {
        return Optional.ofNullable(redactor.get());
    }

    /** The same, if that container is the one: the next attempt's Secrets may have other values. */
    public synchronized Optional<Redactor> redactorOf(ContainerSnapshot container) {
        return redactor().filter(known -> container.name().equals(redacts));
    }

    /**
     * @param current null: the values are not known
     * @param container its name
     */
    public synchronized void redactor(Redactor current, String container) {
        redactor = new SoftReference<>(current);
        redacts = container;
    }
}
