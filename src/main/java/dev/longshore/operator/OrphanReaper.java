package dev.longshore.operator;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.job.ContainerHolds;
import dev.longshore.job.HostKey;
import dev.longshore.job.Hosts;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobLogFields;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes containers of this installation that no job needs any more: those of jobs that were deleted while their host was
 * out of reach, and what an operator that was killed has left. It acts on a job as the API server itself has it.
 *
 * <p>Threads: listings come in on the threads of hosts; all the rest is done by one thread of its own.
 */
final class OrphanReaper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanReaper.class);

    /** Looked at before the other hosts have their turn. */
    private static final int AT_ONCE = 100;

    private final String instance;
    private final Set<String> namespaces;
    private final Function<JobKey, Optional<ContainerJob>> cached;
    private final Function<JobKey, Optional<ContainerJob>> live;
    private final Hosts hosts;
    private final Consumer<JobKey> forget;
    private final Supplier<ContainerHolds> holds;
    private final Map<HostKey, List<ContainerSnapshot>> listings = new ConcurrentHashMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        var result = new Thread(task, "orphans");
        result.setDaemon(true);
        return result;
    });

    /**
     * @param instance whose containers these are
     * @param namespaces that are watched; empty: all
     * @param cached a job as the cache has it, which only saves asking for those that are plainly wanted
     * @param live a job as the API server itself has it
     * @param forget receives each job that is gone, once its container is, too
     * @param holds know which have to stay for a while
     */
    OrphanReaper(
            String instance,
            Set<String> namespaces,
            Function<JobKey, Optional<ContainerJob>> cached,
            Function<JobKey, Optional<ContainerJob>> live,
            Hosts hosts,
            Consumer<JobKey> forget,
            Supplier<ContainerHolds> holds) {
        this.instance = instance;
        this.namespaces = namespaces;
        this.cached = cached;
        this.live = live;
        this.hosts = hosts;
        this.forget = forget;
        this.holds = holds;
    }

    /** All containers of a host, which may not be ready yet. */
    void listed(HostKey host, List<ContainerSnapshot> containers) {
        listings.put(host, containers);
        sweep(host);
    }

    /** A host may be ready now. */
    void sweep(HostKey host) {
        if (hosts.isReady(host)) {
            execute(() -> reap(host));
        }
    }

    /** A container of which the job is not in the cache. */
    void sweep(HostKey host, ContainerSnapshot container) {
        execute(() -> reapIfUnwanted(host, container));
    }

    private void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            // The operator ends; the next one finds them.
            return;
        }
    }

    private void reap(HostKey host) {
        var listing = listings.remove(host);
        if (listing == null) {
            return;
        }
        listing.stream().limit(AT_ONCE).forEach(container -> reapIfUnwanted(host, container));
        if (listing.size() > AT_ONCE) {
            // A newer listing has them, too.
            listings.putIfAbsent(host, listing.subList(AT_ONCE, listing.size()));
            execute(() -> reap(host));
        }
    }

    private void reapIfUnwanted(HostKey host, ContainerSnapshot container) {
        try {
            reap(host, container);
        } catch (KubernetesClientException e) {
            // Not known: the next listing brings it again.
            LOG.debug("failed to check whether container {} is still needed", container.id(), e);
        }
    }

    private void reap(HostKey host, ContainerSnapshot container) {
        var labels = container.labels();
        if (!JobLabels.areOf(instance, host, labels)
                || !namespaces.isEmpty() && !namespaces.contains(labels.get(JobLabels.NAMESPACE))) {
            return;
        }
        var key = JobLabels.jobOf(labels);
        var known = cached.apply(key);
        var owesLog = holds.get().isNew(host, container) && Orphans.stays(container, known);
        if (!owesLog && !Orphans.isOne(container, known)) {
            return;
        }
        var job = live.apply(key);
        if (!Orphans.isOne(container, job) && !Orphans.stays(container, job)) {
            return;
        }
        // Begins to archive its log, if it owes it.
        var held = holds.get().holds(host, container, job);
        if (!held && Orphans.isOne(container, job)) {
            remove(host, container, job.isEmpty());
        }
    }

    private void remove(HostKey host, ContainerSnapshot container, boolean jobIsGone) {
        var log = JobLogFields.of(container.labels());
        try (var scope = log.open()) {
            LOG.info(
                    "{}: removing container {}, which job {} no longer needs",
                    host,
                    container.id(),
                    JobLabels.jobOf(container.labels()));
        }
        hosts.get(host).ifPresent(access -> {
            var unused = access.call(CallKind.REMOVE, docker -> {
                        // Asked again: a list may be outdated, or never was true.
                        var found = docker.inspect(container.id())
                                .filter(now -> JobLabels.isSame(container.labels(), now.labels()));
                        if (found.filter(now -> now.state() != container.state())
                                .isPresent()) {
                            // It has run meanwhile, and may owe a log now.
                            sweep(host, found.get());
                            return null;
                        }
                        found.ifPresent(now -> docker.remove(now.id()));
                        if (jobIsGone) {
                            forget.accept(JobLabels.jobOf(container.labels()));
                        }
                        return null;
                    })
                    .exceptionally(failure -> {
                        try (var scope = log.open()) {
                            LOG.warn(
                                    "{}: failed to remove container {}: {}",
                                    host,
                                    container.id(),
                                    failure.getMessage());
                        }
                        return null;
                    });
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
