package dev.longshore.local;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.EngineFactory;
import dev.longshore.docker.connection.DockerCalls;
import dev.longshore.docker.connection.HostConnections;
import dev.longshore.docker.connection.HostListener;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.Moment;
import dev.longshore.job.engine.EnginePortsBuilder;
import dev.longshore.job.engine.JobEngine;
import dev.longshore.manifest.Manifests;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs the jobs of some manifests to their end. All reconciliations of jobs, and all changes to them, are on one thread; the
 * caller's only waits.
 */
public final class LocalRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PATIENCE_WHEN_CANCELED = Duration.ofSeconds(10);
    private static final Duration CHECK = Duration.ofSeconds(1);

    private final LocalStore jobs;
    private final RunThread thread = new RunThread();
    private final CountDownLatch done = new CountDownLatch(1);
    private final String instance;
    private final RunHosts hosts;
    private final HostPatience patience;
    private final LocalLogs logs;
    private final JobEngine engine;
    private final RunEnd end;
    private final Optional<LocalSchedules> schedules;
    /** Of jobs whose status may still name a host as unreachable that is ready now. */
    private final Set<JobKey> outdated = new HashSet<>();

    private final EarlierContainers earlier = new EarlierContainers(thread, this::endIfDone);

    private RuntimeException failure;

    /**
     * @param progress receives each change of a job's status, on the thread of this run
     * @throws IllegalArgumentException if a host cannot be connected to as it is written, or the options do not fit
     */
    public LocalRun(
            Manifests manifests,
            RunOptions options,
            EngineFactory docker,
            Consumer<ContainerJob> progress,
            RunSchedules schedules) {
        this(manifests, options, docker, progress, schedules, PATIENCE);
    }

    /** @param patience how long a daemon may be unreachable while jobs run there */
    LocalRun(
            Manifests manifests,
            RunOptions options,
            EngineFactory docker,
            Consumer<ContainerJob> progress,
            RunSchedules withSchedules,
            Duration patience) {
        this.patience = new HostPatience(patience);
        this.logs = new LocalLogs(options.logs());
        var frontEnd = new FrontEnd();
        schedules = Optional.ofNullable(withSchedules.file())
                .map(file -> new LocalSchedules(manifests.cronJobs(), withSchedules, thread, frontEnd));
        instance = schedules.map(LocalSchedules::instance).orElseGet(() -> "run/" + UUID.randomUUID());
        var samples = schedules.map(LocalSchedules::samples).orElse(List.of());
        var all = Stream.concat(manifests.jobs().stream(), samples.stream()).toList();
        var bound = schedules.map(LocalSchedules::bound).orElse(Set.of());
        var known = LocalHosts.of(new LocalHosts.Work(manifests, all, bound), options);
        jobs = new LocalStore(
                manifests.jobs(), schedules.map(LocalSchedules::changes).orElse(LocalStore.Changes.NONE), progress);
        var connections = new HostConnections(
                docker,
                key -> JobLabels.ofHost(instance, HostKey.parse(key)),
                key -> listener(HostKey.parse(key)),
                DockerCalls.UNRECORDED);
        // Before anything is connected to: what cannot be connected to is an error.
        hosts = new RunHosts(known, manifests, connections, this.patience, withSchedules::warned);
        schedules.ifPresent(one -> one.restore(samples, jobs, Set.copyOf(hosts.keys())));
        var ports = EnginePortsBuilder.builder()
                .cluster(new LocalCluster(manifests, known, jobs::read))
                .hosts(hosts::get)
                .frontEnd(frontEnd)
                .clock(Moment::now)
                .archive(logs.access())
                .keepsFailed(false);
        engine = new JobEngine(ports.build(), instance);
        end = new RunEnd(this.patience, engine::isWorkingOn);
        // On the thread that reconciles: a reconciliation in between would find a host that has no connection yet.
        thread.execute(hosts::connect);
    }

    /** What the containers of this run have as their label {@code longshore.dev/instance}. */
    public String instance() {
        return instance;
    }

    /**
     * Runs until every job has ended, or none can make progress, and returns them all. With schedules it runs until it is
     * canceled.
     *
     * @throws IllegalArgumentException if no job was started because no daemon is reachable
     */
    public Collection<ContainerJob> run() throws InterruptedException {
        enqueueAll();
        schedules.ifPresent(LocalSchedules::start);
        thread.executeEvery(CHECK, this::endIfDone);
        done.await();
        if (failure != null) {
            throw failure;
        }
        if (schedules.isEmpty()) {
            end.requireDaemon(jobs.all(), hosts.keys());
        }
        return jobs.all();
    }

    /** Cancels what has not ended; {@link #run()} returns once that is done. From any thread. */
    public void cancel() {
        thread.execute(() -> {
            schedules.ifPresent(LocalSchedules::stop);
            patience.shorten(PATIENCE_WHEN_CANCELED);
            jobs.all()
                    .forEach(job -> job.setSpec(ContainerJobSpecBuilder.builder(job.getSpec())
                            .cancel(true)
                            .build()));
            enqueueAll();
        });
    }

    private HostListener listener(HostKey host) {
        return new StrayContainers(
                engine.listener(host),
                thread,
                () -> hosts.isReady(host),
                found -> earlier.removeStray(hosts.get(host).orElseThrow(), found, instance, jobs, hosts::warn));
    }

    /** Of both engines. */
    private final class FrontEnd implements JobFrontEnd, LocalSchedules.Jobs {
        @Override
        public void enqueue(JobKey job) {
            LocalRun.this.enqueue(job);
        }

        @Override
        public Optional<ContainerJob> job(JobKey key) {
            return jobs.read(key);
        }

        /** The container of an attempt whose log is written, as is known when planning, or of a job that is deleted. */
        @Override
        public void unwanted(HostKey host, ContainerSnapshot container) {
            earlier.remove(hosts.get(host).orElseThrow(), container, jobs.read(JobLabels.jobOf(container.labels())));
        }

        /** The jobs are few: no one looks for those of one host. */
        @Override
        public Collection<JobKey> waitingFor(HostKey host) {
            return jobs.keys();
        }

        @Override
        public void loadChanged(HostKey host) {}

        @Override
        public void deleted(ContainerJob job) {
            thread.cancel(JobKey.of(job));
            engine.deleted(job, LocalSchedules.RELEASE_AFTER);
            endIfDone();
        }

        @Override
        public void failed(RuntimeException cause) {
            fail(cause);
        }
    }

    private void enqueueAll() {
        jobs.keys().forEach(this::enqueue);
    }

    private void enqueue(JobKey key) {
        thread.execute(() -> reconcile(key));
    }

    private void reconcile(JobKey key) {
        thread.cancel(key);
        outdated.remove(key);
        if (done.getCount() == 0) {
            return;
        }
        try {
            jobs.read(key).ifPresentOrElse(job -> reconcile(key, job), () -> engine.missing(key));
            endIfDone();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void fail(RuntimeException cause) {
        failure = cause;
        done.countDown();
    }

    private void reconcile(JobKey key, ContainerJob job) {
        engine.reconcile(job, jobs).ifPresent(again -> thread.executeAfter(key, again, () -> reconcile(key)));
    }

    private void endIfDone() {
        if (hosts.check()) {
            outdated.addAll(jobs.keys());
            enqueueAll();
        }
        if (done.getCount() > 0
                && schedules.map(LocalSchedules::isStopped).orElse(true)
                && outdated.isEmpty()
                && earlier.isDone()
                && hosts.keys().stream().noneMatch(host -> engine.isCleaningUp(host) && !patience.isDisconnected(host))
                && end.areSettled(jobs.keys(), key -> jobs.read(key).orElseThrow())) {
            // What is disconnected stays as it was last received: its state is unknown.
            jobs.all().stream().filter(end::isLost).forEach(job -> jobs.writeStatus(job, end.disconnected(job)));
            done.countDown();
        }
    }

    @Override
    public void close() {
        thread.close();
        hosts.close();
        logs.close();
    }
}
