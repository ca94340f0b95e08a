package dev.longshore.job.retention;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers that have ended and are not to be removed yet: since their log is owed to the archive, or since their attempt
 * failed and they are kept for a look. Only what this process knows: after a restart the containers that are there are found
 * again, and the archive is asked for their logs. From any thread; each change is atomic, and of one container.
 */
public final class RetainedContainers {
    private static final Logger LOG = LoggerFactory.getLogger(RetainedContainers.class);

    /** Of a job on one host: more than it has attempts. Whoever runs a daemon can have any number there with its UID. */
    static final int MOST = 1_100;

    /** By the UID of their job, then by their ID. The inner maps are never changed. */
    private final Map<String, Map<String, RetainedContainer>> containers = new ConcurrentHashMap<>();

    /** Hosts of which a container was not retained for that reason. */
    private final Set<HostKey> exceeded = ConcurrentHashMap.newKeySet();

    private final Supplier<Duration> uptime;

    public RetainedContainers(Supplier<Duration> uptime) {
        this.uptime = uptime;
    }

    /** Those of a job, in the order in which they came. */
    public List<RetainedContainer> of(String uid) {
        return List.copyOf(containers.getOrDefault(uid, Map.of()).values());
    }

    public Optional<RetainedContainer> get(String uid, String container) {
        return Optional.ofNullable(containers.getOrDefault(uid, Map.of()).get(container));
    }

    /** Whether a container is not retained, and can be: of one job and host, only so many are. */
    public boolean takes(String uid, HostKey host, String container) {
        return takes(containers.getOrDefault(uid, Map.of()), host, container);
    }

    private static boolean takes(Map<String, RetainedContainer> some, HostKey host, String container) {
        return !some.containsKey(container)
                && (some.size() < MOST
                        || some.values().stream()
                                        .filter(one -> one.host().equals(host))
                                        .count()
                                < MOST);
    }

    /** Whether it is retained from now on; not if it was before, nor if its job has too many on that host. */
    public boolean add(JobKey job, HostKey host, ContainerSnapshot container, LogState log, Duration keep) {
        var added = new boolean[1];
        containers.compute(job.uid(), (uid, before) -> {
            if (before != null && !takes(before, host, container.id())) {
                return before;
            }
            added[0] = true;
            var next = new LinkedHashMap<>(before == null ? Map.of() : before);
            var isReported = log instanceof LogState.NotOwed;
            var until = uptime.get().plus(keep);
            next.put(container.id(), new RetainedContainer(job, host, container, log, until, isReported, false));
            return next;
        });
        if (!added[0] && get(job.uid(), container.id()).isEmpty() && exceeded.add(host)) {
            LOG.warn(
                    "{} has more than {} ended containers with the UID of ContainerJob {}: no more are kept, and no more of"
                            + " their logs are archived",
                    host,
                    MOST,
                    job);
        }
        return added[0];
    }

    /**
     * The log of a container that is no longer there, or is not to be read any more: a status still says that it is owed.
     *
     * @param container as far as it is known
     */
    public void lost(JobKey job, HostKey host, ContainerSnapshot container, LogState.Lost log) {
        if (add(job, host, container, log, Duration.ZERO)) {
            gone(job.uid(), container.id());
        } else {
            get(job.uid(), container.id()).ifPresent(kept -> log(kept, log));
        }
    }

    public void log(RetainedContainer one, LogState next) {
        change(one.job().uid(), one.container().id(), known -> known.with(next));
    }

    /** The job's status has what became of the log. */
    public void reported(RetainedContainer one) {
        change(
                one.job().uid(),
                one.container().id(),
                known -> known.log().equals(one.log()) ? known.withReported() : known);
    }

    /** The container is no longer there. */
    public void gone(String uid, String container) {
        change(uid, container, RetainedContainer::withGone);
    }

    /** All that a host has, of which some may have gone unseen. */
    public void found(HostKey host, Set<String> ids) {
        containers.values().stream()
                .flatMap(some -> some.values().stream())
                .filter(one ->
                        one.host().equals(host) && !ids.contains(one.container().id()))
                .forEach(one -> gone(one.job().uid(), one.container().id()));
    }

    /** The job is no longer there: no status has to say anything. */
    public void forget(JobKey job) {
        of(job.uid()).forEach(one -> forget(job, one.container().id()));
    }

    /** The same of one container; not of a job that has the UID, and another name than the container's labels. */
    public void forget(JobKey job, String container) {
        change(job.uid(), container, known -> known.job().equals(job) ? known.withReported() : known);
    }

    /** Whether a container must not be removed. */
    public boolean holds(String uid, String container) {
        return get(uid, container).filter(one -> one.isHeld(uptime.get())).isPresent();
    }

    /** Whether one of a job's containers must not be removed. */
    public boolean holds(String uid) {
        var now = uptime.get();
        return of(uid).stream().anyMatch(one -> one.isHeld(now));
    }

    /** Whether the log of one of a job's containers is owed. */
    public boolean owes(String uid) {
        return of(uid).stream().anyMatch(RetainedContainer::isOwed);
    }

    /** Whether the log of a container on a host is owed. */
    public boolean owes(HostKey host) {
        return owed(host).findAny().isPresent();
    }

    /** The containers on a host whose logs are owed. */
    public Stream<RetainedContainer> owed(HostKey host) {
        return containers.values().stream()
                .flatMap(some -> some.values().stream())
                .filter(one -> one.host().equals(host) && one.isOwed());
    }

    /** Drops it once it is gone, and nothing is left to say about it. */
    private void change(String uid, String container, UnaryOperator<RetainedContainer> change) {
        containers.computeIfPresent(uid, (same, before) -> {
            var known = before.get(container);
            if (known == null) {
                return before;
            }
            var changed = change.apply(known);
            if (changed.equals(known)) {
                // Whoever runs a daemon can have any number of containers there, which are checked one by one.
                return before;
            }
            var next = new LinkedHashMap<>(before);
            if (changed.gone() && changed.reported() && !changed.isOwed()) {
                next.remove(container);
            } else {
                next.put(container, changed);
            }
            return next.isEmpty() ? null : next;
        });
    }
}
