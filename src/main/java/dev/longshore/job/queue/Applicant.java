package dev.longshore.job.queue;

import dev.longshore.job.JobKey;
import java.time.Instant;
import java.util.Comparator;

/** A job that applies for a slot. */
public record Applicant(JobKey job, int priority, Instant created) {
    /** The first goes first. */
    public static final Comparator<Applicant> ORDER = Comparator.comparingInt(Applicant::priority)
            .thenComparing(Applicant::created)
            .thenComparing(applicant -> applicant.job().namespace())
            .thenComparing(applicant -> applicant.job().name())
            .thenComparing(applicant -> applicant.job().uid());
}
