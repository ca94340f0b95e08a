package dev.longshore.local;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.DockerHost;
import dev.longshore.api.HostReference;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.docker.EngineFactory;
import dev.longshore.docker.HostConnections;
import dev.longshore.host.HostEndpoints;
import dev.longshore.host.UnixSockets;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobEngine;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import dev.longshore.job.Moment;
import dev.longshore.manifest.Manifests;
import dev.longshore.manifest.References;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs the jobs of some manifests to their end. All looks at jobs, and all changes to them, are on one thread; the
 * caller's only waits.
 */
public final class LocalRun implements JobStore, AutoCloseable {
    /** Nothing but a change to the manifests helps a job that waits for one of these. */
    private static final Set<JobReason> HOPELESS = EnumSet.complementOf(EnumSet.of(
            JobReason.WAITING_FOR_SLOT,
            JobReason.SCHEDULED,
            JobReason.PULLING_IMAGE,
            JobReason.STARTING,
            JobReason.RETRY_BACKOFF));

    private final Map<JobKey, ContainerJob> jobs = new LinkedHashMap<>();
    private final ScheduledExecutorService thread;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Consumer<ContainerJob> progress;
    private final HostConnections connections;
    private final JobEngine engine;

    /**
     * @param mostConcurrent jobs at once on each host; null: as the hosts say
     * @param progress told of each change of a job's status
     * @throws IllegalArgumentException if the jobs refer to what no file defines, or a host cannot be connected to as it
     *     is written
     */
    public LocalRun(
            Manifests manifests, Integer mostConcurrent, EngineFactory docker, Consumer<ContainerJob> progress) {
        this.progress = progress;
        var problems = References.problems(manifests);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        var hosts = hosts(manifests, mostConcurrent);
        manifests.jobs().forEach(job -> jobs.put(JobKey.of(job), job));
        var endpoints = new HostEndpoints(UnixSockets.ALL, manifests::secret);
        var instance = "run/" + UUID.randomUUID();
        thread = thread();
        connections =
                new HostConnections(docker, host -> JobLabels.ofHost(instance, host), host -> engine().listener(host));
        engine = new JobEngine(
                new LocalCluster(manifests, hosts),
                connections::get,
                (regarding, type, reason, message) -> {},
                instance,
                Moment::now,
                new FrontEnd());
        hosts.forEach(host -> connections.connect(HostKey.of(host), endpoints.of(host)));
    }

    private static ScheduledExecutorService thread() {
        var pool = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, "run");
            thread.setDaemon(true);
            return thread;
        });
        pool.setRemoveOnCancelPolicy(true);
        return pool;
    }

    private static List<DockerHost> hosts(Manifests manifests, Integer mostConcurrent) {
        var hosts = new ArrayList<>(manifests.hosts());
        if (manifests.jobs().stream().anyMatch(LocalHosts::namesNone)) {
            hosts.add(LocalHosts.thisMachine(manifests));
        }
        manifests.jobs().stream()
                .filter(LocalHosts::namesNone)
                .forEach(job -> job.setSpec(ContainerJobSpecBuilder.builder(job.getSpec())
                        .hostRef(new HostReference(LocalHosts.NAME, LocalHosts.NAMESPACE))
                        .build()));
        hosts.forEach(host -> LocalHosts.open(host, mostConcurrent));
        return hosts;
    }

    /** Runs until every job has ended, or none can go on, and returns them all. */
    public Collection<ContainerJob> run() throws InterruptedException {
        pokeAll();
        thread.execute(this::endIfDone);
        done.await();
        return jobs.values();
    }

    /** Cancels what has not ended; {@link #run()} returns once that is done. From any thread. */
    public void cancel() {
        try {
            thread.execute(() -> jobs.replaceAll((key, job) -> {
                job.setSpec(ContainerJobSpecBuilder.builder(job.getSpec())
                        .cancel(true)
                        .build());
                return job;
            }));
        } catch (RejectedExecutionException e) {
            // It has ended.
            return;
        }
        pokeAll();
    }

    private JobEngine engine() {
        return engine;
    }

    private final class FrontEnd implements JobFrontEnd {
        @Override
        public void poke(JobKey job) {
            LocalRun.this.poke(job);
        }

        /** The jobs are few: no one looks for those of one host. */
        @Override
        public Collection<JobKey> waitingFor(String host) {
            return List.copyOf(jobs.keySet());
        }

        @Override
        public void loadChanged(String host) {}
    }

    private void pokeAll() {
        List.copyOf(jobs.keySet()).forEach(this::poke);
    }

    private void poke(JobKey key) {
        try {
            thread.execute(() -> look(key));
        } catch (RejectedExecutionException e) {
            // The run is over.
            return;
        }
    }

    private void look(JobKey key) {
        var job = jobs.get(key);
        if (job == null) {
            return;
        }
        engine.look(job, this).ifPresent(again -> schedule(key, again));
        endIfDone();
    }

    private void schedule(JobKey key, Duration again) {
        var unused = thread.schedule(() -> look(key), again.toMillis() + 1, TimeUnit.MILLISECONDS);
    }

    private void endIfDone() {
        if (jobs.values().stream().allMatch(this::isSettled)) {
            done.countDown();
        }
    }

    private boolean isSettled(ContainerJob job) {
        if (engine.isWorkingOn(JobKey.of(job))) {
            return false;
        }
        return JobPhases.finished(job) || isHopeless(job);
    }

    private static boolean isHopeless(ContainerJob job) {
        var status = job.getStatus();
        return status != null && status.phase() == JobPhase.PENDING && HOPELESS.contains(status.reason());
    }

    @Override
    public ContainerJob writeStatus(ContainerJob job, ContainerJobStatus status) {
        job.setStatus(status);
        progress.accept(job);
        return job;
    }

    @Override
    public Optional<ContainerJob> read(JobKey key) {
        return Optional.ofNullable(jobs.get(key));
    }

    /** Kept: its result is what the run is for. */
    @Override
    public void delete(ContainerJob job) {}

    @Override
    public void close() {
        thread.shutdownNow();
        connections.close();
    }
}
