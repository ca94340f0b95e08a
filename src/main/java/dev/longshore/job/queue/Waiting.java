package dev.longshore.job.queue;

import java.time.Duration;
import java.util.Comparator;

/**
 * A job that waits for a host.
 *
 * @param keepsPosition whether others wait behind it; one that waits for several hosts is passed on all but one of them
 * @param atOnce how many slots those may have whose containers do not run yet
 * @param since uptime
 */
record Waiting(Applicant applicant, Demand demand, boolean keepsPosition, int atOnce, Duration since) {
    static final Comparator<Waiting> ORDER = Comparator.comparing(Waiting::applicant, Applicant.ORDER);

    String uid() {
        return applicant.job().uid();
    }

    String namespace() {
        return applicant.job().namespace();
    }
}
