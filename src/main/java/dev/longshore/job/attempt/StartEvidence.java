package dev.longshore.job.attempt;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.job.HostKey;
import dev.longshore.job.Moment;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;

/**
 * From what this process can tell whether anyone has started the container that the job is bound to.
 *
 * @param boundHere the container that this process itself has bound, as the API server has confirmed
 * @param createdHere the same, if this process has created it as well
 * @param boundAt the moment before the binding was sent; null where this process has bound none
 * @param sent the container for which this process has sent a start to the daemon, unless that was refused for certain
 * @param refused the container that the daemon did not start for reasons of its own
 * @param touched the container of which an event was received that may follow a start, whoever has created it
 * @param history of the container that was created last
 * @param pruned how often someone else has removed the attempt's container before it was started, so that it was created
 *     again
 */
@RecordBuilder
public record StartEvidence(
        String boundHere,
        String createdHere,
        Moment boundAt,
        String sent,
        String refused,
        String touched,
        ContainerHistory history,
        int pruned)
        implements StartEvidenceBuilder.With {
    static final StartEvidence NONE = StartEvidenceBuilder.builder().build();

    /** For so long a binding is fresh: less than another process takes to lead, see ADR 11. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final int MOST_PRUNED = 10;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** What holds for a container that the job was bound to since; null: to none. */
    StartEvidence boundTo(String id) {
        return id != null && id.equals(boundHere)
                ? with(next -> next.sent(null).refused(null))
                : NONE.with(next -> next.history(history).touched(touched).pruned(pruned));
    }

    StartEvidence received(HostKey host, ContainerEvent event, long subscription) {
        var now = ContainerHistory.mayFollowAStart(event) ? event.container() : touched;
        return with(next -> next.touched(now).history(ContainerHistory.after(history, host, event, subscription)));
    }

    /**
     * Whether the container is gone, and no one has ever started it: this process has bound it, has itself sent no start that
     * the daemon did not refuse, and has received everything that happened to it.
     */
    public boolean wasNeverStarted(HostKey host, String id) {
        return mayBeFoundNeverStarted(host, id) && history.wasNeverStarted();
    }

    /** Whether that may still turn out so: the daemon's answers are quicker than its events, also than that of the creation. */
    public boolean mayStillBeNeverStarted(HostKey host, String id) {
        return id.equals(boundHere)
                && !id.equals(sent)
                && (history == null || !history.isOf(host, id) || history.untouched());
    }

    /** Whether nothing but its creation was received of it yet, and nothing was missed. */
    public boolean mayBeFoundNeverStarted(HostKey host, String id) {
        return id.equals(boundHere)
                && !id.equals(sent)
                && history != null
                && history.isOf(host, id)
                && history.untouched();
    }

    /**
     * Whether nobody can have started the container, so that it need not be inspected before its start (ADR 11): this process
     * has created it, has sent no start of it, has received all of its events, none of which is of a start, by the subscription
     * that it has now, and the binding, without which nobody else starts it, is fresh. To be asked just before the start is
     * sent: a process that was paused since has to inspect it.
     *
     * <p>A suspended machine may stop the clock that never jumps, and a clock that is set may hide a pause: the binding is
     * fresh only by both.
     *
     * @param subscription by which events are received now
     */
    public boolean isSurelyNotStarted(HostKey host, String id, long subscription, Moment now) {
        return id.equals(createdHere)
                && !wasRefused(id)
                && mayBeFoundNeverStarted(host, id)
                && history.isComplete(subscription)
                && isFresh(now.uptime().minus(boundAt.uptime()))
                && isFresh(Duration.between(boundAt.time(), now.time()));
    }

    private static boolean isFresh(Duration age) {
        return !age.isNegative() && age.compareTo(FRESH) < 0;
    }

    /** Whether this process has sent a start of the container that was not refused for certain, or received an event that may follow one. */
    public boolean mayHaveBeenStarted(HostKey host, String id) {
        return id.equals(sent)
                || id.equals(touched)
                || history != null && history.isOf(host, id) && !history.untouched();
    }

    /** Whether the end of the container was received, and nothing was missed before. */
    public boolean wasObservedToEnd(HostKey host, String id) {
        return history != null && history.isOf(host, id) && history.ended();
    }

    /** Whether the daemon refused to start this container for reasons of its own. */
    public boolean wasRefused(String id) {
        return id.equals(refused);
    }

    /** How long to wait before the next one is created for someone who has removed this often: longer and longer. */
    Duration waitAfterPruning() {
        return Duration.ofSeconds(Math.min(1L << pruned, LONGEST_WAIT.toSeconds()));
    }

    /** Whether yet another one would be created for someone who does nothing but remove them. */
    public boolean prunedTooOften() {
        return pruned >= MOST_PRUNED;
    }
}
