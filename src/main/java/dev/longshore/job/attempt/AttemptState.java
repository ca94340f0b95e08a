package dev.longshore.job.attempt;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.EndedAttempt;
import dev.longshore.job.Failure;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What this process knows of one job beyond its resource: at one moment, never changed.
 *
 * @param attempt which attempt these are of
 * @param bound the container that the status had when this state was last used
 * @param inFlight the operation in progress on the daemon, or null
 * @param creation of the attempt's container
 * @param observation of the attempt's container
 * @param start whether it may have been started
 * @param stopping why it is being stopped; null: it is not
 * @param usage what samples have shown of a container, or null
 * @param failure why the attempt failed before it ran
 * @param refusals by hosts, where the fault may be theirs
 * @param deletion what of it is not wanted any more
 * @param timing since and until when things are so
 * @param writtenOver each resourceVersion of the job over which a status was written without an answer on whether
 *     it was stored, since the last write that had one
 */
@RecordBuilder
public record AttemptState(
        int attempt,
        String bound,
        InFlight inFlight,
        Creation creation,
        Observation observation,
        StartEvidence start,
        Stopping stopping,
        UsageSoFar usage,
        Failure failure,
        JobRefusals refusals,
        Deletion deletion,
        Timing timing,
        Set<String> writtenOver)
        implements AttemptStateBuilder.With {
    /** Nothing is known: after a restart, or of a job just created. */
    public static final AttemptState NONE = AttemptStateBuilder.builder()
            .creation(Creation.NONE)
            .observation(Observation.NONE)
            .start(StartEvidence.NONE)
            .refusals(JobRefusals.NONE)
            .deletion(Deletion.NONE)
            .timing(Timing.NONE)
            .build();

    public AttemptState {
        writtenOver = writtenOver == null ? Set.of() : Set.copyOf(writtenOver);
    }

    /** Whether what is known of the container is still true; an end with its logs is final. */
    public boolean knowsContainer(String id) {
        return observation.holdsFor(id);
    }

    public Optional<ContainerSnapshot> container() {
        return observation.container();
    }

    /** A container that was created and is not in the status yet, or null. */
    public Prepared prepared() {
        return creation.prepared();
    }

    /** A container that exists, and its host. */
    public record HostedContainer(ContainerSnapshot container, HostKey host) {}

    public Optional<HostedContainer> hosted() {
        return prepared() != null
                ? Optional.of(
                        new HostedContainer(prepared().container(), prepared().host()))
                : container().map(known -> new HostedContainer(known, observation.host()));
    }

    /** Whether a host has, or may have, the container in question, so that what it reports of it counts. */
    boolean concern(HostKey host, String id) {
        return (container().isPresent() || id.equals(bound)) && host.equals(observation.host())
                || inFlight != null && host.equals(inFlight.host())
                // Its removal may be received after it was found to be gone.
                || start.history() != null && start.history().isOf(host, id);
    }

    /** Whether nothing is being created on the daemon that would be there afterwards. */
    public boolean onlyPulling() {
        return inFlight != null && inFlight.kind() == Operation.Kind.PREPARE && inFlight.pulling();
    }

    /** Whether this reading of the job may lack what this process itself has written. */
    boolean mayBeOutdated(ContainerJob job) {
        return job.getMetadata().getResourceVersion() != null
                && writtenOver.contains(job.getMetadata().getResourceVersion());
    }

    /** What is left of this state for the job as it is now: also a write whose answer was lost has happened. */
    public AttemptState asOf(ContainerJob job) {
        var status = job.getStatus();
        var current = JobPhases.currentAttempt(job);
        var id = JobPhases.bound(job) ? status.containerID() : null;
        if (inFlight == null && attempt < current) {
            return nextAttempt(current, null);
        }
        if (inFlight == null && !Objects.equals(bound, id)) {
            return boundTo(id).asOf(job);
        }
        var taken = prepared() != null && prepared().container().id().equals(id);
        var unwanted = JobPhases.finished(job) || onlyPulling() && job.getSpec().suspend();
        return with(next -> next.creation(taken ? creation.withPrepared(null) : creation)
                .deletion(unwanted ? deletion.abandoned(true) : deletion)
                .observation(JobPhases.finished(job) ? observation.withoutLogText() : observation));
    }

    /** An attempt ended, and the next one is due then. */
    public AttemptState nextAttempt(int number, Duration due) {
        return NONE.with(next -> next.attempt(number)
                .observation(observation.ofEarlierAttempt())
                .timing(Timing.NONE.withBackoffUntil(due))
                .writtenOver(writtenOver));
    }

    /** Nothing that was found out of one container holds for another, though it be of the same attempt. */
    private AttemptState boundTo(String id) {
        return with(next -> next.bound(id)
                .start(start.boundTo(id))
                .observation(observation.boundTo(id))
                .failure(null)
                .timing(timing.withRunningSince(null))
                .stopping(null));
    }

    /**
     * This process has bound the job to the container, and the API server has confirmed it.
     *
     * @param sent before the binding was sent: when it was accepted is not known
     */
    public AttemptState boundHere(String id, Moment sent, Moment now) {
        var created = prepared() != null
                && prepared().container().id().equals(id)
                && prepared().isCreatedHere();
        return with(next -> next.timing(timing.inSlot(now))
                .start(start.with(evidence ->
                        evidence.boundHere(id).createdHere(created ? id : null).boundAt(sent))));
    }

    public AttemptState withPrepared(Prepared prepared) {
        return withCreation(creation.withPrepared(prepared));
    }

    public AttemptState withNameTaken(Prepared taken) {
        return withCreation(creation.withNameTaken(taken));
    }

    public AttemptState withSpan(EndedAttempt.Span span) {
        return withCreation(creation.withSpan(span));
    }

    /** The operation in progress begins or ends to wait for an image. */
    public AttemptState pulling(boolean now) {
        return inFlight == null ? this : withInFlight(inFlight.pulling(now));
    }

    /** A host reports the container as it is. */
    public AttemptState observed(HostKey host, ContainerSnapshot container) {
        return withObservation(observation.present(host, container));
    }

    /** As a list has it. What it ended with is the result, whatever happens to it before that is stored. */
    AttemptState relisted(HostKey host, ContainerSnapshot container, boolean resultIsStored) {
        var mayHave = observation.isOf(host, container.id()) && inFlight == null;
        return mayHave && (resultIsStored || !observation.isFinal()) ? observed(host, container) : this;
    }

    /** This process has started the container, which was as this before. */
    public AttemptState started(HostKey host, ContainerSnapshot created) {
        return withObservation(observation.started(host, created));
    }

    /** Something has happened to the container, or may have: it has to be observed again. */
    public AttemptState markedStale() {
        return withObservation(observation.withStale(true));
    }

    /** The container is being observed: what happens from now on makes that stale. */
    public AttemptState observing() {
        return withObservation(observation.withStale(false));
    }

    /** @param output of the container, which has ended; null: it is still to be read */
    public AttemptState ended(ContainerOutput output) {
        return withObservation(observation.ended(output));
    }

    /** The daemon reports that the container does not exist. */
    public AttemptState gone(Moment now) {
        return withPrepared(null).withObservation(observation.absent(now));
    }

    public AttemptState retryAt(Duration when) {
        return withTiming(timing.withRetryAt(when));
    }

    /** The job no longer wants the container that is being prepared. */
    public AttemptState abandoned() {
        return withDeletion(deletion.abandoned(true));
    }

    /** All containers of a job that is being deleted were removed. */
    public AttemptState cleaned() {
        return withDeletion(new Deletion(deletion.abandoned(), true));
    }

    /** Someone else removed the container before it was started. The next one is created later and later. */
    public AttemptState prunedOnce(Moment now) {
        return retryAt(now.uptime().plus(start.waitAfterPruning())).withStart(start.withPruned(start.pruned() + 1));
    }

    /** A host refused the job, and the fault may be the host's. */
    public AttemptState refusedOnce(Failure refusal, Moment now) {
        return withRefusals(refusals.andOne(refusal, now));
    }

    public AttemptState refusedAsOf(ContainerJob job, Moment now) {
        var next =
                refusals.asOf(job.getStatus() == null ? null : job.getStatus().reason(), now);
        return next.equals(refusals) ? this : withRefusals(next);
    }

    /** A status was written over this one, and it is unknown whether it was stored. */
    public AttemptState withWrittenOver(String resourceVersion) {
        var all = new HashSet<>(writtenOver);
        all.add(resourceVersion);
        return withWrittenOver(all);
    }
}
