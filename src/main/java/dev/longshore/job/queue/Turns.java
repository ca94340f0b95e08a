package dev.longshore.job.queue;

import dev.longshore.job.JobKey;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Whose turn it is on one host. What is free goes to the first that waits; with {@code BestEffortFIFO} to the first for which there
 * is room, until one before it has waited for too long: what that one needs is kept for it.
 *
 * <p>With {@code StrictFIFO} every method costs O(log n), and so much more for each job before the first that waits elsewhere as well.
 * With {@code BestEffortFIFO} whose turn it is has to be searched among all that wait after each change of what is taken, while a
 * slot is free: O(n log n) at most. Those that apply in between are compared with what is known. Two searches are needed for each
 * freed slot, of about 2 ms each with 10,000 that wait: see bench/Turns.java.
 */
final class Turns {
    /** What keeps slots back while it is not known who else waits. */
    interface Barrier {
        /** Whether a slot may be given to a job now. */
        boolean isOpen(Applicant job, boolean fairSharing);

        /** Whether all that wait are known. */
        default boolean isSynced() {
            return true;
        }
    }

    private final Holdings holdings;
    private final WaitingLine line;
    private final Barrier barrier;
    private final Supplier<Duration> uptime;
    private HostTerms terms = HostTerms.of(Integer.MAX_VALUE);
    /** Null after a change that may have it be another's turn. */
    private Found found;
    /** At which the search ended for the barrier, or null. */
    private Applicant barred;
    /** Whether nobody was let pass since not all are known. */
    private boolean isPartial;

    /**
     * @param first the first in order, or null
     * @param next the first that gets a slot and room as soon as it applies, or null
     * @param kept the first one for which room is kept, or null
     * @param last at which the search ended: those behind it have no turn before it has; null: all were searched
     * @param until from when on room is kept for another one, by uptime; null: it is not
     */
    private record Found(Waiting first, Waiting next, Waiting kept, Waiting last, Duration until) {
        boolean isOver(Duration now) {
            return until != null && now.compareTo(until) >= 0;
        }

        Found until(Duration when) {
            return new Found(first, next, kept, last, when);
        }

        boolean includes(Waiting job) {
            return job.equals(first) || job.equals(next) || job.equals(kept) || job.equals(last);
        }
    }

    /** @param uptime the time now */
    Turns(Holdings holdings, Barrier barrier, Supplier<Duration> uptime) {
        this.holdings = holdings;
        this.line = new WaitingLine(holdings::slotsOf);
        this.barrier = barrier;
        this.uptime = uptime;
    }

    HostTerms terms() {
        return terms;
    }

    void terms(HostTerms now) {
        if (!now.equals(terms)) {
            terms = now;
            line.terms(now.fairSharing(), now.mostPerNamespace());
            found = null;
        }
    }

    /** Most that apply wait behind others, or lack what these lack as well: it is as it was. */
    void add(Waiting job) {
        line.add(job);
        if (found == null || line.isFull(job.namespace())) {
            return;
        }
        var isBehind = found.last() != null && line.isBefore(found.last(), job);
        var kept = keptBefore(job);
        var isPassed = found.first() != null
                && line.isBefore(found.first(), job)
                && (terms.bestEffort() || !job.keepsPosition())
                && (kept != null || !isKeptFor(job))
                && !holdings.lacks(job, terms, kept).isEmpty();
        if (!isBehind && !isPassed) {
            found = null;
        } else if (!isBehind && kept == null && job.keepsPosition()) {
            // Room may be kept for it sooner than for those that were found.
            found = found.until(earlier(found.until(), job.since().plus(terms.holdAfter())));
        }
    }

    void remove(Waiting job) {
        line.remove(job);
        if (found != null && found.includes(job)) {
            found = null;
        }
    }

    /** What is taken is different now, perhaps by a job of this namespace. */
    void changed(String namespace) {
        line.update(namespace);
        found = null;
    }

    void changed() {
        found = null;
    }

    /** Whether the job is the first in order, and nothing but what is taken keeps it. */
    boolean isFirst(Waiting job) {
        return job.equals(found().first()) && !job.applicant().equals(barred);
    }

    /** Whether the job gets a slot and room now. */
    boolean isNext(Waiting job) {
        var isOpen = barrier.isOpen(job.applicant(), terms.fairSharing());
        if (isOpen ? job.applicant().equals(barred) : job.equals(found().next())) {
            // It was opened or closed since.
            found = null;
        }
        return job.equals(found().next());
    }

    /** What is kept for another job that is before this one, or null; of what was found last. */
    Demand keptBefore(Waiting job) {
        var kept = found == null ? null : found.kept();
        return kept != null && line.isBefore(kept, job) ? keptFor(kept) : null;
    }

    /** Whether the namespace has as many running as it may have. */
    boolean isFull(String namespace) {
        return line.isFull(namespace);
    }

    /** The first that gets what it needs as soon as it applies, and the first in order. */
    Set<JobKey> jobs() {
        var now = found();
        var both = new LinkedHashSet<JobKey>();
        if (now.next() != null) {
            both.add(now.next().applicant().job());
        }
        if (now.first() != null) {
            both.add(now.first().applicant().job());
        }
        return both;
    }

    /** Whether the barrier is open to one to which it was not, or others may pass now. */
    boolean unbar() {
        if ((barred == null || !barrier.isOpen(barred, terms.fairSharing())) && !(isPartial && barrier.isSynced())) {
            return false;
        }
        found = null;
        barred = null;
        isPartial = false;
        return true;
    }

    private static Duration earlier(Duration one, Duration other) {
        return one == null || other.compareTo(one) < 0 ? other : one;
    }

    private boolean isKeptFor(Waiting job) {
        return job.keepsPosition() && uptime.get().minus(job.since()).compareTo(terms.holdAfter()) >= 0;
    }

    /** What is to be kept for a job beside what it has: one that is bound waits for a slot, and for the room of others. */
    private Demand keptFor(Waiting job) {
        return job == null ? null : holdings.of(job.uid()).isPresent() ? Demand.NONE : job.demand();
    }

    private Found found() {
        if (found == null || found.isOver(uptime.get())) {
            found = find();
        }
        return found;
    }

    /** What is quick to see: it is asked of all that wait. */
    private boolean surelyLacks(Waiting job) {
        var demand = job.demand();
        var capacity = terms.capacity();
        return !job.applicant().isBound()
                && (!Holdings.fits(
                                demand.nanoCpus(),
                                capacity.nanoCpus(),
                                holdings.used().nanoCpus(),
                                0)
                        || !Holdings.fits(
                                demand.memory(),
                                capacity.memory(),
                                holdings.used().memory(),
                                0));
    }

    private Found find() {
        Waiting first = null;
        Waiting kept = null;
        Duration until = null;
        var free = terms.slots() - holdings.slotsInUse();
        // Until all are known, one by one, each of them would have all of those before searched again.
        var mayPass = terms.bestEffort() && barrier.isSynced();
        for (var jobs = line.inOrder(); jobs.hasNext(); ) {
            var job = jobs.next();
            if (!barrier.isOpen(job.applicant(), terms.fairSharing())) {
                barred = job.applicant();
                return new Found(first == null ? job : first, null, kept, job, until);
            }
            first = first == null ? job : first;
            if (free <= (kept == null ? 0 : 1)) {
                return new Found(first, null, kept, job, until);
            }
            if (!surelyLacks(job) && holdings.lacks(job, terms, keptFor(kept)).isEmpty()) {
                return new Found(first, job, kept, job, until);
            }
            if (!mayPass && job.keepsPosition()) {
                isPartial = terms.bestEffort();
                return new Found(first, null, null, job, null);
            }
            jobs.passAlike();
            if (kept == null && terms.bestEffort() && job.keepsPosition()) {
                kept = isKeptFor(job) ? job : null;
                until = kept != null ? until : earlier(until, job.since().plus(terms.holdAfter()));
            }
        }
        return new Found(first, null, kept, null, until);
    }
}
