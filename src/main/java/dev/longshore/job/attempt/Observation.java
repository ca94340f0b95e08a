package dev.longshore.job.attempt;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.docker.LogTail;
import dev.longshore.job.HostKey;
import dev.longshore.job.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a host has reported of the attempt's container.
 *
 * @param host whose connection reported it last, and is believed about its own containers only; null: none has
 * @param stale whether something happened to the container since
 */
public record Observation(HostKey host, boolean stale, Found found) {
    static final Observation NONE = new Observation(null, false, new Unknown());

    private static final ContainerOutput STORED =
            new ContainerOutput(LogTail.withheld("it was stored with a result before"), List.of());

    /** What was found. */
    public sealed interface Found {}

    /** Not observed yet, or there is no container yet. */
    public record Unknown() implements Found {}

    /** The container exists, or did when it was observed last. */
    public record Present(ContainerSnapshot container) implements Found {
        public Present {
            container = withoutEnvironment(container);
        }
    }

    /** This process has started the container, and has not inspected it since: the daemon has its start time. */
    public record Started(ContainerSnapshot container) implements Found {
        public Started {
            container = withoutEnvironment(container);
        }
    }

    /**
     * The container has ended, and its output was read: this is final. Someone may start it again by hand all the same.
     *
     * @param output without its texts once they are stored with the result
     */
    public record Ended(ContainerSnapshot container, ContainerOutput output) implements Found {
        public Ended {
            container = withoutEnvironment(container);
        }
    }

    /**
     * The daemon reported that there is no such container.
     *
     * @param since when it first did, by this process's clock
     * @param ended whether the container had ended, and its logs were read
     */
    public record Absent(Duration since, boolean ended) implements Found {}

    /** It may be MiBs, and full of secrets: whoever needs it reads it from the daemon. */
    static ContainerSnapshot withoutEnvironment(ContainerSnapshot container) {
        return container.environment() == null || container.environment().isEmpty()
                ? container
                : ContainerSnapshotBuilder.builder(container)
                        .environment(Map.of())
                        .build();
    }

    public Optional<ContainerSnapshot> container() {
        if (found instanceof Present present) {
            return Optional.of(present.container());
        }
        if (found instanceof Started started) {
            return Optional.of(started.container());
        }
        return found instanceof Ended ended ? Optional.of(ended.container()) : Optional.empty();
    }

    public Optional<ContainerOutput> output() {
        return found instanceof Ended ended ? Optional.of(ended.output()) : Optional.empty();
    }

    /** Whether the container is in this state, as far as is known. */
    public boolean is(ContainerSnapshot.State state) {
        return container().filter(container -> container.state() == state).isPresent();
    }

    /** Whether the container was started, and nothing has happened to it since. */
    public boolean mayRun() {
        return is(ContainerSnapshot.State.RUNNING) && !stale;
    }

    public boolean isAbsent() {
        return found instanceof Absent;
    }

    /** Whether the container was started and not inspected since. */
    public boolean isOnlyStarted() {
        return found instanceof Started;
    }

    /**
     * The container where nothing has happened to it since this host reported it.
     *
     * @param id the container's
     */
    public Optional<ContainerSnapshot> unchanged(HostKey reporting, String id) {
        return isOf(reporting, id) && !stale ? container() : Optional.empty();
    }

    /** Whether the container has ended and its logs were read: whatever happens to it afterwards does not matter. */
    public boolean isFinal() {
        return found instanceof Ended || found instanceof Absent absent && absent.ended();
    }

    /** Whether what is known of this container still holds; of another one, which is of another attempt, it does not. */
    boolean holdsFor(String id) {
        return !(found instanceof Unknown)
                && container().map(known -> known.id().equals(id)).orElse(true)
                && (isFinal() || !stale);
    }

    /** Whether that is the container, on that host. */
    boolean isOf(HostKey otherHost, String id) {
        return otherHost.equals(host)
                && container().filter(known -> known.id().equals(id)).isPresent();
    }

    /** The container as its host reports it. */
    Observation present(HostKey reporting, ContainerSnapshot container) {
        return new Observation(
                reporting,
                stale,
                found instanceof Ended ended ? new Ended(container, ended.output()) : new Present(container));
    }

    /** The host has accepted the start of the container, which was as this before. */
    Observation started(HostKey reporting, ContainerSnapshot created) {
        var running = ContainerSnapshotBuilder.builder(created)
                .state(ContainerSnapshot.State.RUNNING)
                .build();
        return new Observation(reporting, stale, new Started(running));
    }

    /** Not observed since this process started, or since another process created it. */
    Observation adopted(HostKey reporting, ContainerSnapshot container) {
        return new Observation(reporting, true, new Present(container));
    }

    /** @param read null: the container has ended, but its output is still to be read */
    Observation ended(ContainerOutput read) {
        return container()
                .map(known -> with(read == null ? new Present(known) : new Ended(known, read)))
                .orElse(this);
    }

    Observation absent(Moment now) {
        var since = found instanceof Absent absent ? absent.since() : now.uptime();
        return new Observation(host, false, new Absent(since, isFinal()));
    }

    /** What was known of a container that need not be observed any more. */
    public Observation withoutContainer() {
        return container().isPresent() ? with(new Unknown()) : this;
    }

    Observation withStale(boolean now) {
        return now == stale ? this : new Observation(host, now, found);
    }

    /** The container may stay for long, and how large its output was is up to it. */
    Observation withoutLogText() {
        return found instanceof Ended ended ? with(new Ended(ended.container(), STORED)) : this;
    }

    /**
     * What is left of it for the next attempt: the container is still to be removed; or this is the first time the job is
     * reconciled since a restart, and its container may have ended meanwhile.
     */
    Observation ofEarlierAttempt() {
        return with(container().<Found>map(Present::new).orElseGet(Unknown::new));
    }

    /** What is left of it for a container that the job was bound to since; null: to none. */
    Observation boundTo(String id) {
        return container()
                .filter(known -> known.id().equals(id))
                .map(known -> with(new Present(known)))
                .orElseGet(() -> new Observation(host, true, new Unknown()));
    }

    private Observation with(Found now) {
        return new Observation(host, stale, now);
    }
}
