package dev.longshore.job.queue;

import dev.longshore.job.JobKey;
import java.time.Instant;
import java.util.Comparator;

/** A job that applies for a slot. */
public record Applicant(JobKey job, int priority, Instant created) {
    /** Before that of any job that is not bound to a container. */
    private static final int BOUND = 0;

    /** The first goes first. */
    public static final Comparator<Applicant> ORDER = Comparator.comparingInt(Applicant::priority)
            .thenComparing(Applicant::created)
            .thenComparing(applicant -> applicant.job().namespace())
            .thenComparing(applicant -> applicant.job().name())
            .thenComparing(applicant -> applicant.job().uid());

    /** One that is bound to its container: nobody is before it, and it keeps the room that this container holds. */
    public static Applicant bound(JobKey job, Instant created) {
        return new Applicant(job, BOUND, created);
    }

    boolean isBound() {
        return priority == BOUND;
    }
}
