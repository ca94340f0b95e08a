package dev.longshore.job.attempt;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.LogTail;
import dev.longshore.job.EndedAttempt;
import dev.longshore.job.Failure;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What this process knows of one job beyond its resource: at one moment, never changed.
 *
 * @param attempt which attempt these are of
 * @param inFlight the operation in progress on the daemon, or null
 * @param inFlightOn the host of that one, or the last one
 * @param pulling whether that one waits for an image
 * @param inputsWait whether it could not be made for what others that are being made hold of Secrets
 * @param prepared a container that was made and is not in the status yet
 * @param nameTaken a container of the same attempt that was there already when it was to be made
 * @param observation of the attempt's container
 * @param logsSought since when this process has tried to fetch the logs, by its clock; null: it has not
 * @param usage what samples have shown of a container, or null
 * @param failure why the attempt failed before it ran
 * @param bound the container that the status had when this state was last used
 * @param boundHere the container that this process itself has bound, and the API server has said so
 * @param startSent the container of which this process has asked the daemon to start it, unless that was refused for certain
 * @param startRefused the container that the daemon did not start for reasons of its own
 * @param history of the container that was made last
 * @param refusals by hosts, for reasons of their own
 * @param pruned how often someone else has removed the attempt's container before it was started, so that it was made again
 * @param runningSince by this process's clock, when it saw the container running first
 * @param stopping why it was asked to stop; null: it was not
 * @param abandoned whether the job no longer wants the container that is being prepared
 * @param cleaned whether all containers of a job that is being deleted were removed
 * @param retryAt when an operation that failed for the connection's sake may be tried again, by this process's clock
 * @param backoffUntil when the next attempt is due, by this process's clock; null: this process did not see the last one
 *     fail
 * @param slotSince when the attempt had a slot and was done with the queue, by our clock; null: it has none yet, or got it
 *     from another process
 * @param spans what this process has done to make the container, so far
 * @param writtenOver each resourceVersion of the job over which a status was written without an answer that says whether
 *     it was stored, since the last write that had one
 */
@RecordBuilder
public record AttemptState(
        int attempt,
        Operation.Kind inFlight,
        String inFlightOn,
        boolean pulling,
        boolean inputsWait,
        Prepared prepared,
        Prepared nameTaken,
        Observation observation,
        Duration logsSought,
        UsageSoFar usage,
        Failure failure,
        String bound,
        String boundHere,
        String startSent,
        String startRefused,
        ContainerHistory history,
        JobRefusals refusals,
        int pruned,
        Duration runningSince,
        Stopping stopping,
        boolean abandoned,
        boolean cleaned,
        Duration retryAt,
        Duration backoffUntil,
        Instant slotSince,
        List<EndedAttempt.Span> spans,
        Set<String> writtenOver)
        implements AttemptStateBuilder.With {
    private static final int MOST_PRUNED = 10;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** Nothing is known: after a restart, or of a job just created. */
    public static final AttemptState NONE = AttemptStateBuilder.builder().build();

    public AttemptState {
        observation = observation == null ? Observation.NONE : observation;
        refusals = refusals == null ? JobRefusals.NONE : refusals;
        spans = spans == null ? List.of() : List.copyOf(spans);
        writtenOver = writtenOver == null ? Set.of() : Set.copyOf(writtenOver);
    }

    /**
     * A container that waits for its binding to be stored.
     *
     * @param warning what is to be told of it then, or null
     * @param inputs the digest of what it was made with; null where another process made it
     * @param inputsRead when that was read, by this process's clock
     */
    public record Prepared(
            ContainerSnapshot container,
            String host,
            ContainerTemplateSpec effective,
            String warning,
            String inputs,
            Duration inputsRead) {
        public Prepared {
            container = Observation.withoutEnvironment(container);
        }
    }

    /**
     * A stop in progress.
     *
     * @param since by this process's clock
     * @param killed whether SIGKILL was sent, too
     */
    public record Stopping(boolean timedOut, Duration since, boolean killed) {}

    /** Whether what is known of the container is still true; an end with its logs is final. */
    public boolean knowsContainer(String id) {
        return observation.holdsFor(id);
    }

    public Optional<ContainerSnapshot> container() {
        return observation.container();
    }

    /** A host reports the container as it is. */
    public AttemptState observed(String host, ContainerSnapshot container) {
        return withObservation(observation.present(host, container));
    }

    /** Something has happened to the container, or may have: it has to be observed again. */
    public AttemptState markedStale() {
        return withObservation(observation.withStale(true));
    }

    /** The container is being observed: what happens from now on makes that stale. */
    public AttemptState observing() {
        return withObservation(observation.withStale(false));
    }

    /** @param logs of the container, which has ended; null: they are still to be read */
    public AttemptState ended(LogTail logs) {
        return withObservation(observation.ended(logs));
    }

    /** An attempt ended, and the next one is due then. */
    public AttemptState nextAttempt(int number, Duration due) {
        return AttemptStateBuilder.builder(NONE)
                .attempt(number)
                .observation(observation.ofEarlierAttempt())
                .backoffUntil(due)
                .writtenOver(writtenOver)
                .build();
    }

    /** It has a slot now, unless it had one before. */
    public AttemptState inSlot(Moment now) {
        return slotSince == null ? with(next -> next.slotSince(now.time())) : this;
    }

    /** The same again, when it had to be tried again, takes the place of the first. */
    public AttemptState withSpan(EndedAttempt.Span span) {
        var others = spans.stream().filter(other -> !other.name().equals(span.name()));
        return with(next -> next.spans(Stream.concat(others, Stream.of(span)).toList()));
    }

    /** What is left of this state for the job as it is now: also a write whose answer was lost has happened. */
    public AttemptState asOf(ContainerJob job) {
        var status = job.getStatus();
        var bound = JobPhases.bound(job);
        var last = JobPhases.lastAttempt(job);
        var current = bound ? last : last + 1;
        if (inFlight == null && attempt < current) {
            return nextAttempt(current, null);
        }
        if (inFlight == null && !Objects.equals(this.bound, bound ? status.containerID() : null)) {
            return boundTo(bound ? status.containerID() : null).asOf(job);
        }
        var taken = prepared != null && bound && prepared.container().id().equals(status.containerID());
        var unwanted = JobPhases.finished(job) || onlyPulling() && job.getSpec().suspend();
        var needed = JobPhases.finished(job) ? observation.withoutLogText() : observation;
        return with(next -> next.prepared(taken ? null : prepared)
                .abandoned(abandoned || unwanted)
                .observation(needed));
    }

    /** Nothing that was found out of one container holds for another, though it be of the same attempt. */
    private AttemptState boundTo(String id) {
        return with(next -> next.bound(id)
                .boundHere(id != null && id.equals(boundHere) ? id : null)
                .startSent(null)
                .startRefused(null)
                .observation(observation.boundTo(id))
                .failure(null)
                .runningSince(null)
                .stopping(null));
    }

    /**
     * Whether the container is gone, and no one has ever started it: this process has bound it, has itself sent no start that
     * the daemon did not refuse, and has received everything that happened to it.
     */
    public boolean wasNeverStarted(String host, String id) {
        return mayBeFoundNeverStarted(host, id) && history.wasNeverStarted();
    }

    /** Whether that may still turn out so: the daemon's answers are quicker than its events, also than that of the making. */
    public boolean mayStillBeNeverStarted(String host, String id) {
        return id.equals(boundHere)
                && !id.equals(startSent)
                && (history == null || !history.isOf(host, id) || history.untouched());
    }

    /** Whether nothing but its making was received of it yet, and nothing was missed. */
    public boolean mayBeFoundNeverStarted(String host, String id) {
        return id.equals(boundHere)
                && !id.equals(startSent)
                && history != null
                && history.isOf(host, id)
                && history.untouched();
    }

    /** Someone else removed the container before it was started. The next one is made later and later. */
    public AttemptState prunedOnce(Moment now) {
        var wait = Duration.ofSeconds(Math.min(1L << pruned, LONGEST_WAIT.toSeconds()));
        return with(next -> next.pruned(pruned + 1).retryAt(now.uptime().plus(wait)));
    }

    /** Whether yet another one would be made for someone who does nothing but remove them. */
    public boolean prunedTooOften() {
        return pruned >= MOST_PRUNED;
    }

    public AttemptState refusedAsOf(ContainerJob job, Moment now) {
        var next =
                refusals.asOf(job.getStatus() == null ? null : job.getStatus().reason(), now);
        return next.equals(refusals) ? this : with(changed -> changed.refusals(next));
    }

    /** The daemon says that the container is not there. */
    public AttemptState gone(Moment now) {
        return with(next -> next.prepared(null).observation(observation.absent(now)));
    }

    /** A status was written over this one, and nobody knows whether it was stored. */
    public AttemptState withWrittenOver(String resourceVersion) {
        var all = new HashSet<>(writtenOver);
        all.add(resourceVersion);
        return with(next -> next.writtenOver(all));
    }

    /** Whether this reading of the job may lack what this process itself has written. */
    boolean mayBeOutdated(ContainerJob job) {
        return job.getMetadata().getResourceVersion() != null
                && writtenOver.contains(job.getMetadata().getResourceVersion());
    }

    /** A container that is there, and on which host. */
    public record Made(ContainerSnapshot container, String host) {}

    public Optional<Made> made() {
        return prepared != null
                ? Optional.of(new Made(prepared.container(), prepared.host()))
                : container().map(known -> new Made(known, observation.host()));
    }

    /** Whether that is the container, on that host. */
    boolean isOf(String host, String id) {
        return observation.isOf(host, id);
    }

    /** Whether a host has, or may have, the container in question, so that what it says of it counts. */
    boolean concern(String host, String id) {
        return (container().isPresent() || id.equals(bound)) && host.equals(observation.host())
                || inFlight != null && host.equals(inFlightOn)
                // Its removal may be received after it was found to be gone.
                || history != null && history.isOf(host, id);
    }

    /** Whether nothing is being made on the daemon that would be there afterwards. */
    public boolean onlyPulling() {
        return inFlight == Operation.Kind.PREPARE && pulling;
    }
}
