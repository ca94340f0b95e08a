package dev.longshore.job.queue;

import dev.longshore.job.HostKey;

/**
 * A host that a job may run on.
 *
 * @param demand the room that the job takes there
 * @param atOnce how many slots those may have whose containers do not run yet; 0 for a job that has no turn for now
 */
public record Candidate(HostKey host, HostTerms terms, Demand demand, int atOnce) {
    Candidate on(HostTerms now) {
        return new Candidate(host, now, demand, atOnce);
    }

    Candidate(HostKey host, int slots) {
        this(host, slots, Integer.MAX_VALUE);
    }

    Candidate(HostKey host, int slots, int atOnce) {
        this(host, HostTerms.of(slots), Demand.NONE, atOnce);
    }
}
