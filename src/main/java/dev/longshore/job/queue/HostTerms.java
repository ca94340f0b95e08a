package dev.longshore.job.queue;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * On what terms a host takes jobs.
 *
 * @param slots how many containers of jobs run there at once
 * @param bestEffort whether those behind a job for which there is no room may pass it
 * @param holdAfter for how long they may
 * @param fairSharing whether, within a priority, a job of the namespace with the fewest running jobs goes first
 * @param mostPerNamespace how many jobs of a namespace run there at once
 */
public record HostTerms(
        int slots,
        Capacity capacity,
        boolean bestEffort,
        Duration holdAfter,
        boolean fairSharing,
        int mostPerNamespace) {
    public HostTerms {
        requireNonNull(capacity, "capacity is null");
        requireNonNull(holdAfter, "holdAfter is null");
    }

    static HostTerms of(int slots) {
        return new HostTerms(slots, Capacity.UNCOUNTED, false, Duration.ZERO, false, Integer.MAX_VALUE);
    }
}
