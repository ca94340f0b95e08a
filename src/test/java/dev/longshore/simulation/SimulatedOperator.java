package dev.longshore.simulation;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.EventSink;
import dev.longshore.api.HostJobs;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.ClusterView;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import dev.longshore.job.archiving.ArchiveAccess;
import dev.longshore.job.engine.EnginePortsBuilder;
import dev.longshore.job.engine.JobEngine;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One life of an operator: the real engine, with a cache that lags behind what others write. */
final class SimulatedOperator implements JobFrontEnd {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
    private static final Duration MISSING = Duration.ofSeconds(30);
    private static final Duration RELEASE_AFTER = Duration.ofSeconds(600);

    private final SimulatedApi api;
    private final Schedule schedule;
    private final Map<HostKey, SimulatedHost> hosts = new HashMap<>();
    private final Map<String, ContainerJob> cache = new HashMap<>();
    private final Set<String> enqueued = new HashSet<>();
    final JobEngine engine;
    private boolean dead;
    /** Another leads, which this one does not know; what is certain is so no more. */
    boolean deposed;

    /** @param archive null: there is none */
    SimulatedOperator(
            SimulatedApi api,
            Schedule schedule,
            ClusterView cluster,
            Collection<SimulatedDaemon> daemons,
            SimulatedArchive archive,
            EventSink events) {
        this.api = api;
        this.schedule = schedule;
        daemons.forEach(
                daemon -> hosts.put(HostKey.parse(daemon.host), new SimulatedHost(daemon, schedule, this::kill)));
        var ports = EnginePortsBuilder.builder()
                .cluster(cluster)
                .hosts(host -> Optional.ofNullable(hosts.get(host)))
                .frontEnd(this)
                .clock(schedule::now)
                .events(events)
                .archive(
                        archive == null
                                ? null
                                : new ArchiveAccess(archive.of(this::kill), Duration.ofDays(1), this::soon));
        this.engine = new JobEngine(ports.build(), World.INSTANCE);
        hosts.forEach((key, host) -> host.listener(new ReapingListener(engine.listener(key), key, this)));
        api.all().forEach(job -> cache.put(job.getMetadata().getUid(), job));
        cache.values().forEach(job -> enqueue(JobKey.of(job)));
        findMissing();
    }

    private void soon(Runnable task) {
        schedule.soon(() -> {
            if (!dead) {
                task.run();
            }
        });
    }

    private void findMissing() {
        engine.findMissing();
        later(MISSING, this::findMissing);
    }

    SimulatedHost host(String name) {
        return hosts.get(HostKey.parse(name));
    }

    boolean isDead() {
        return dead;
    }

    /** Nothing it has begun and not yet sent is done any more. */
    void kill() {
        dead = true;
        hosts.values().forEach(SimulatedHost::die);
    }

    @Override
    public boolean surelyLeads() {
        return !deposed;
    }

    @Override
    public boolean stillLeads() {
        return !deposed;
    }

    /** The watch tells of a change, some time after it. */
    void watched(ContainerJob changed) {
        schedule.soonOrLate(() -> {
            var uid = changed.getMetadata().getUid();
            if (api.byUid(uid).isEmpty()) {
                // Once, though earlier changes may be as late.
                if (cache.remove(uid) != null) {
                    schedule.soon(() -> deleted(changed));
                }
                return;
            }
            cache.merge(uid, changed, (known, next) -> version(next) > version(known) ? next : known);
            enqueue(JobKey.of(changed));
        });
    }

    /** Most deletions are received; those that are not are found after a while. */
    private void deleted(ContainerJob last) {
        if (!dead && schedule.mostly()) {
            engine.deleted(last, RELEASE_AFTER);
        }
    }

    private static long version(ContainerJob job) {
        return Long.parseLong(job.getMetadata().getResourceVersion());
    }

    @Override
    public void enqueue(JobKey job) {
        if (!dead && enqueued.add(job.uid())) {
            schedule.soon(() -> {
                enqueued.remove(job.uid());
                reconcileNow(job);
            });
        }
    }

    private void reconcileNow(JobKey key) {
        var job = cache.get(key.uid());
        if (dead) {
            return;
        }
        if (job == null) {
            engine.missing(key);
            return;
        }
        Optional<Duration> again;
        try {
            again = job.isMarkedForDeletion()
                    ? cleanUp(job)
                    : engine.reconcile(job, new OwnWritesAreReceived(api, cache));
        } catch (Faults.Killed e) {
            kill();
            return;
        } catch (RuntimeException e) {
            // The API server is away or does not answer; the framework tries again.
            again = Optional.of(AFTER_FAILURE);
        }
        if (!JobPhases.finished(job) || again.isPresent()) {
            schedule.in(again.orElse(LONGEST_WAIT), () -> {
                // As the framework, which forgets when to look at one that is gone.
                if (cache.containsKey(key.uid())) {
                    enqueue(key);
                }
            });
        }
    }

    private Optional<Duration> cleanUp(ContainerJob job) {
        var again = engine.cleanUp(job, RELEASE_AFTER);
        if (again.isEmpty() && job.hasFinalizer(JobStore.FINALIZER)) {
            try {
                api.setFinalizer(job, false);
            } catch (JobStore.Conflict e) {
                return Optional.of(AFTER_FAILURE);
            }
        }
        return again;
    }

    Optional<String> refusalOf(String host) {
        return engine.refusalOf(HostKey.parse(host));
    }

    HostJobs jobsOf(String host) {
        return engine.jobsOf(HostKey.parse(host));
    }

    void reconcileAllOn(String host) {
        engine.reconcileAllOn(HostKey.parse(host));
    }

    /** A host was deleted. */
    void left(String host) {
        engine.ended().left(HostKey.parse(host));
        reconcileAllOn(host);
    }

    @Override
    public Optional<ContainerJob> job(JobKey key) {
        return Optional.ofNullable(cache.get(key.uid()));
    }

    @Override
    public void unwanted(HostKey host, ContainerSnapshot container) {
        reap(host, container);
    }

    @Override
    public Collection<JobKey> waitingFor(HostKey host) {
        return cache.values().stream()
                .filter(job -> !JobPhases.finished(job))
                .map(JobKey::of)
                .toList();
    }

    @Override
    public void later(Duration wait, Runnable task) {
        schedule.in(wait, () -> {
            if (!dead) {
                task.run();
            }
        });
    }

    @Override
    public void loadChanged(HostKey host) {}

    /** As the reaper of the operator does, with what the API server says and not the cache. */
    void reap(HostKey host, ContainerSnapshot container) {
        if (JobLabels.areOf(World.INSTANCE, host, container.labels())) {
            schedule.soon(() -> {
                var job = api.byUid(container.labels().get(JobLabels.JOB_UID));
                if (!dead && SimulatedReaper.mayGo(engine.ended(), host, container, job)) {
                    var unused = SimulatedReaper.remove(this, engine, hosts.get(host), host, container, job);
                }
            });
        }
    }
}
