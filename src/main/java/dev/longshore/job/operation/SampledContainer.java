package dev.longshore.job.operation;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.ResourceSample;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A container that is sampled now and then while it runs. Used by one thread at a time, whoever has taken it. */
final class SampledContainer {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 10;
    /** Tenths of the interval by which a sample may be early: of fewer, those of a host would remain several groups. */
    private static final int EARLY = 8;

    private static final int TENTHS = 10;

    private final String id;
    private final BooleanSupplier runs;
    private final Consumer<ResourceSample> sampled;
    private final Duration interval;
    private Duration due;
    private boolean sampledBefore;
    private int failures;
    private boolean forgotten;

    /**
     * @param runs whether it runs, as far as is known
     * @param sampled receives each sample
     * @param interval between two samples
     * @param due uptime of the first
     */
    SampledContainer(
            String id, BooleanSupplier runs, Consumer<ResourceSample> sampled, Duration interval, Duration due) {
        this.id = id;
        this.runs = runs;
        this.sampled = sampled;
        this.interval = interval;
        this.due = due;
    }

    String id() {
        return id;
    }

    Duration due() {
        return due;
    }

    /** Whether a pass that others need anyway takes it along. */
    boolean isDueSoon(Duration now) {
        var early =
                sampledBefore && failures == 0 ? interval.multipliedBy(EARLY).dividedBy(TENTHS) : Duration.ZERO;
        return due.minus(early).compareTo(now) <= 0;
    }

    boolean isRunning() {
        return !forgotten && runs.getAsBoolean();
    }

    /** It is watched again when its job is reconciled. */
    void forget() {
        forgotten = true;
    }

    /** Does nothing if it does not run any more. */
    void sample(DockerEngine docker) {
        if (isRunning()) {
            docker.stats(id).ifPresent(sampled);
        }
    }

    /**
     * The next is due an interval after this one was, or half of it from now where the daemon is slow. Where this one was taken
     * along early, the next moves towards it by a tenth: after some intervals all of a host are due together.
     */
    void answered(Duration now) {
        failures = 0;
        sampledBefore = true;
        var early = due.minus(now);
        var most = interval.dividedBy(TENTHS);
        var shift = early.isNegative() ? Duration.ZERO : early.compareTo(most) < 0 ? early : most;
        var regular = due.plus(interval).minus(shift);
        var soonest = now.plus(interval.dividedBy(2));
        due = regular.compareTo(soonest) > 0 ? regular : soonest;
    }

    /** Each time the next is due later. */
    void failed(Duration now) {
        failures = Math.min(failures + 1, MOST_DOUBLINGS);
        var wait = interval.multipliedBy(1L << failures);
        due = now.plus(wait.compareTo(LONGEST_WAIT) < 0 || interval.compareTo(LONGEST_WAIT) > 0 ? wait : LONGEST_WAIT);
    }

    /** The host is not connected. */
    void postpone(Duration now) {
        due = now.plus(interval);
    }
}
