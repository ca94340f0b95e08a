package dev.longshore.job.queue;

import dev.longshore.job.HostKey;

/**
 * A host that a job may run on, and how many slots it has.
 *
 * @param atOnce how many of them those may have whose containers do not run yet; 0 for a job that has no turn for now
 */
public record Candidate(HostKey host, int slots, int atOnce) {
    Candidate(HostKey host, int slots) {
        this(host, slots, Integer.MAX_VALUE);
    }
}
