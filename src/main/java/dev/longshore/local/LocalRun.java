package dev.longshore.local;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.DockerHost;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.EngineFactory;
import dev.longshore.docker.connection.DockerCalls;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostConnections;
import dev.longshore.host.HostEndpoints;
import dev.longshore.host.UnixSockets;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * Runs the jobs of some manifests to their end. All reconciliations of jobs, and all changes to them, are on one thread; the
 * caller's only waits.
 */
public final class LocalRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PATIENCE_WHEN_CANCELED = Duration.ofSeconds(10);
    private static final Duration CHECK = Duration.ofSeconds(1);

    private final LocalStore jobs;
    private final List<JobKey> keys;
    private final RunThread thread = new RunThread();
    private final CountDownLatch done = new CountDownLatch(1);
    private final String instance = "run/" + UUID.randomUUID();
    private final HostConnections connections;
    private final List<HostKey> hosts;
    private final HostPatience patience;
    private final LocalLogs logs;
    private final JobEngine engine;
    private final RunEnd end;
    /** Of jobs whose status may still name a host as unreachable that is ready now. */
    private final Set<JobKey> outdated = new HashSet<>();

    private final EarlierContainers earlier = new EarlierContainers(thread, this::endIfDone);

    private RuntimeException failure;

    /**
     * @param progress receives each change of a job's status, on the thread of this run
     * @throws IllegalArgumentException if a host cannot be connected to as it is written, or the options do not fit
     */
    public LocalRun(Manifests manifests, RunOptions options, EngineFactory docker, Consumer<ContainerJob> progress) {
        this(manifests, options, docker, progress, PATIENCE);
    }

    /** @param patience how long a daemon may be unreachable while jobs run there */
    LocalRun(
            Manifests manifests,
            RunOptions options,
            EngineFactory docker,
            Consumer<ContainerJob> progress,
            Duration patience) {
        this.patience = new HostPatience(patience);
        this.logs = new LocalLogs(options.logs());
        LocalJobs.change(manifests, options);
        var known = LocalHosts.of(manifests, options);
        hosts = known.stream().map(HostKey::of).toList();
        jobs = new LocalStore(manifests.jobs(), progress);
        keys = jobs.keys();
        var endpoints = new HostEndpoints(UnixSockets.ALL, manifests::secret);
        // Before anything is connected to: what cannot be connected to is an error.
        var targets =
                known.stream().map(host -> Map.entry(host, endpoints.of(host))).toList();
        connections = new HostConnections(
                docker,
                key -> JobLabels.ofHost(instance, HostKey.parse(key)),
                key -> engine().listener(HostKey.parse(key)),
                DockerCalls.UNRECORDED);
        var ports = EnginePortsBuilder.builder()
                .cluster(new LocalCluster(manifests, known))
                .hosts(this::connection)
                .frontEnd(new FrontEnd())
                .clock(Moment::now)
                .archive(logs.access())
                .keepsFailed(false);
        engine = new JobEngine(ports.build(), instance);
        end = new RunEnd(this.patience, engine::isWorkingOn);
        // On the thread that reconciles: a reconciliation in between would find a host that has no connection yet.
        thread.execute(() -> targets.forEach(target -> connect(target.getKey(), target.getValue())));
    }

    private void connect(DockerHost host, Endpoint endpoint) {
        connections.connect(
                HostKey.of(host).toString(), endpoint, host.getSpec().maxConcurrentJobs());
    }

    /** What the containers of this run have as their label {@code longshore.dev/instance}. */
    public String instance() {
        return instance;
    }

    /**
     * Runs until every job has ended, or none can make progress, and returns them all.
     *
     * @throws IllegalArgumentException if no job was started because no daemon is reachable
     */
    public Collection<ContainerJob> run() throws InterruptedException {
        enqueueAll();
        thread.executeEvery(CHECK, this::endIfDone);
        done.await();
        if (failure != null) {
            throw failure;
        }
        end.requireDaemon(jobs.all(), hosts);
        return jobs.all();
    }

    /** Cancels what has not ended; {@link #run()} returns once that is done. From any thread. */
    public void cancel() {
        thread.execute(() -> {
            patience.shorten(PATIENCE_WHEN_CANCELED);
            jobs.all()
                    .forEach(job -> job.setSpec(ContainerJobSpecBuilder.builder(job.getSpec())
                            .cancel(true)
                            .build()));
        });
        enqueueAll();
    }

    private JobEngine engine() {
        return engine;
    }

    private final class FrontEnd implements JobFrontEnd {
        @Override
        public void enqueue(JobKey job) {
            LocalRun.this.enqueue(job);
        }

        @Override
        public Optional<ContainerJob> job(JobKey key) {
            return jobs.read(key);
        }

        /** Jobs are never deleted during a run: it is the container of an attempt whose log is written, told when planning. */
        @Override
        public void unwanted(HostKey host, ContainerSnapshot container) {
            earlier.remove(
                    connection(host).orElseThrow(),
                    container,
                    jobs.read(JobLabels.jobOf(container.labels())).orElse(null));
        }

        /** The jobs are few: no one looks for those of one host. */
        @Override
        public Collection<JobKey> waitingFor(HostKey host) {
            return keys;
        }

        @Override
        public void loadChanged(HostKey host) {}
    }

    private void enqueueAll() {
        keys.forEach(this::enqueue);
    }

    private void enqueue(JobKey key) {
        thread.execute(() -> reconcile(key));
    }

    private void reconcile(JobKey key) {
        var job = jobs.read(key).orElse(null);
        if (job == null || done.getCount() == 0) {
            return;
        }
        try {
            engine.reconcile(job, jobs).ifPresent(again -> thread.executeAfter(again, () -> reconcile(key)));
            outdated.remove(key);
            endIfDone();
        } catch (RuntimeException e) {
            failure = e;
            done.countDown();
        }
    }

    private void endIfDone() {
        hosts.forEach(this::checkHost);
        if (done.getCount() > 0
                && outdated.isEmpty()
                && earlier.isDone()
                && end.areSettled(keys, key -> jobs.read(key).orElseThrow())) {
            // What is disconnected stays as it was last received: its state is unknown.
            jobs.all().stream().filter(end::isLost).forEach(job -> jobs.writeStatus(job, end.disconnected(job)));
            done.countDown();
        }
    }

    private Optional<HostAccess> connection(HostKey host) {
        return connections.get(host.toString());
    }

    private void checkHost(HostKey host) {
        var state = connection(host).orElseThrow().state();
        if (patience.saw(host, state, Moment.now().uptime())) {
            outdated.addAll(keys);
            enqueueAll();
        }
    }

    @Override
    public void close() {
        thread.close();
        connections.close();
        logs.close();
    }
}
