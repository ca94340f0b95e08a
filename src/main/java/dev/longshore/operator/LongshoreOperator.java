package dev.longshore.operator;

import dev.longshore.api.ContainerJob;
import dev.longshore.cron.engine.ClockWatch;
import dev.longshore.cron.engine.CronEngine;
import dev.longshore.cron.engine.CronReports;
import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostConnections;
import dev.longshore.docker.connection.HostListener;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import dev.longshore.host.DockerHostReconciler;
import dev.longshore.host.HostEndpoints;
import dev.longshore.host.HostUse;
import dev.longshore.host.RecentSecrets;
import dev.longshore.host.UnixSockets;
import dev.longshore.image.ImageKeeper;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobTraces;
import dev.longshore.job.Moment;
import dev.longshore.job.engine.EnginePorts;
import dev.longshore.job.engine.JobEngine;
import dev.longshore.job.reconciler.CachedJobs;
import dev.longshore.job.reconciler.ContainerJobReconciler;
import dev.longshore.job.reconciler.KubernetesCluster;
import dev.longshore.kubernetes.CacheClients;
import dev.longshore.template.ContainerTemplateReconciler;
import dev.longshore.template.JobCounts;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator, put together. */
public final class LongshoreOperator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LongshoreOperator.class);
    private static final Duration MISSING = Duration.ofSeconds(30);
    /** After SIGTERM a process has 15 s in all. */
    private static final Duration LAST_EVENTS = Duration.ofSeconds(11);

    private final OperatorOptions options;
    private final KubernetesClient whole;
    private final KubernetesClient caches;
    private final ReconcileThreads threads =
            Framework.threads((namespace, name) -> controllers().jobs().patience(namespace, name));
    private final KubernetesEvents events;
    private final OperatorMetrics metrics;
    private final JobTraces traces;
    private final HostConnections connections;
    private final ImageKeeper images;
    private final OrphanReaper orphans;
    private final JobEngine engine;
    private final KubernetesCluster cluster;
    private final Controllers controllers;
    private final Optional<Leadership> leadership;
    private final Operator operator;
    private final HealthServer health;
    private final StoreCheck store;
    private final OperatorFrontEnd frontEnd;
    private final OperatorArchive archive;

    /** The caches are filled. */
    private volatile boolean started;

    public LongshoreOperator(KubernetesClient client, OperatorOptions options) {
        this(client, options, JobTraces.NONE);
    }

    /** @param traces receives each attempt; closed with this operator */
    public LongshoreOperator(KubernetesClient client, OperatorOptions options, JobTraces traces) {
        this.options = options;
        this.traces = traces;
        this.archive = new OperatorArchive(options.logArchive());
        LOG.info("connecting to the API server at {}", client.getMasterUrl());
        var instance = InstanceId.of(client, options);
        this.whole = CacheClients.whole(client);
        this.events = new KubernetesEvents(client, instance, threads::isBusy);
        var loggedEvents = new LoggedEvents(events);
        this.metrics =
                new OperatorMetrics(new HostsNow(this::isActive, this::controllers, this::connection, this::engine));
        this.caches = CacheClients.forCaches(client, CachedJobs.KINDS, metrics::unreadable);
        this.connections = newConnections(instance);
        this.cluster = new KubernetesCluster(whole);
        this.images = WantedImages.keeper(this::controllers, cluster, this::enqueue);
        this.orphans = newOrphanReaper(instance);
        this.leadership = options.leaderElect() ? Optional.of(new Leadership(client, options)) : Optional.empty();
        this.frontEnd = new OperatorFrontEnd(this::engine, this::controllers, orphans, leadership);
        var ports = new EnginePorts(
                cluster,
                this::connection,
                frontEnd,
                Moment::now,
                loggedEvents,
                metrics,
                traces,
                archive.access(),
                true);
        this.engine = new JobEngine(ports, instance);
        this.controllers = newControllers(loggedEvents);
        this.operator =
                new Operator(configuration -> Framework.configure(configuration, caches, metrics, leadership, threads));
        this.store = new StoreCheck(
                caches, options, frontEnd::job, () -> controllers.jobs().index().newestVersion(), StoreCheck::halt);
        var apiServer = new ApiServerHealth(client);
        var watches = new WatchHealth(operator, System::nanoTime);
        this.health = new HealthServer(
                options.httpAddress(), () -> started && apiServer.isGood() && watches.isGood(), metrics::scrape);
    }

    private HostConnections newConnections(String instance) {
        return new HostConnections(
                new DockerJavaEngineFactory(),
                key -> JobLabels.ofHost(instance, HostKey.parse(key)),
                key -> listener(HostKey.parse(key)),
                metrics);
    }

    private HostListener listener(HostKey host) {
        return new HostNotifications(host, engine.listener(host), orphans, () -> enqueue(host.toString()));
    }

    private void enqueue(String host) {
        var key = HostKey.parse(host);
        controllers.hosts().enqueue(key.namespace(), key.name());
    }

    private Optional<HostAccess> connection(HostKey host) {
        return connections.get(host.toString()).map(access -> images.recording(host.toString(), access));
    }

    private OrphanReaper newOrphanReaper(String instance) {
        return new OrphanReaper(
                instance,
                options.namespaces(),
                job -> controllers.jobs().index().get(job),
                cluster::job,
                this::connection,
                job -> engine.forget(job),
                () -> engine.ended());
    }

    private Controllers newControllers(LoggedEvents loggedEvents) {
        var counts = new JobCounts(template -> controllers().templates().countsChanged(template));
        var cron = new CronEngine(Moment::now, new CronReports(loggedEvents, metrics.schedules()), frontEnd::mayStart);
        var schedules = Controllers.schedules(cron, whole, this::controllers, () -> started);
        var changes = Controllers.jobChanges(counts, schedules);
        var jobs = new ContainerJobReconciler(
                engine, cluster, options.releaseAfter(), this::reconciled, schedules::unconfirmed, changes);
        var hosts = new DockerHostReconciler(
                connections,
                new HostEndpoints(new UnixSockets(options.allowUnixFrom()), new RecentSecrets(cluster::secret)::get),
                host -> new HostUse(engine.jobsOf(HostKey.of(host)), engine.allocated(host)),
                host -> engine.refusalOf(HostKey.of(host)),
                host -> jobs.index().boundTo(HostKey.of(host)).findAny().isPresent()
                        || engine.isCleaningUp(HostKey.of(host)),
                archive.owedLogs(engine::ended, this::connection, options.releaseAfter(), loggedEvents),
                () -> started,
                images,
                loggedEvents);
        var templates = new ContainerTemplateReconciler(counts, new ClusterReadiness(cluster), () -> started);
        return new Controllers(jobs, hosts, templates, schedules, counts);
    }

    private void reconciled(ContainerJob job) {
        var status = job.getStatus();
        if (JobPhases.bound(job) && !JobPhases.finished(job) && status.host() != null && status.imageID() != null) {
            images.used(HostKey.of(status.host()).toString(), status.imageID());
        }
    }

    /** For parts that are created before what they call. */
    private JobEngine engine() {
        return engine;
    }

    private Controllers controllers() {
        return controllers;
    }

    private boolean isActive() {
        return leadership.map(Leadership::isHeld).orElse(started);
    }

    /**
     * Lists one of each kind, as starting will do, which tries for ever.
     *
     * @throws KubernetesClientException if they are not installed, or may not be read
     */
    public void requireKinds() {
        store.requireKinds();
    }

    /** Starts to watch and work; returns once that is under way. */
    public void start() {
        controllers.register(operator, options.namespaces());
        operator.start();
        controllers.countJobs();
        started = true;
        findMissing();
        new ClockWatch(Moment::now, controllers.schedules()::enqueueAll).start(frontEnd::later, () -> started);
        store.start();
        archive.check(options.ownNamespace());
        LOG.info(
                "watching {}; serving health and metrics on port {}",
                options.namespaces().isEmpty() ? "all namespaces" : options.namespaces(),
                health.port());
    }

    /** The framework does not report a job that is deleted without its finalizer, and its timer goes by the wall clock. */
    private void findMissing() {
        if (started) {
            engine.findMissing();
            controllers.enqueueUnsettled();
            frontEnd.later(MISSING, this::findMissing);
        }
    }

    int httpPort() {
        return health.port();
    }

    /** Finishes what is being reconciled; containers continue to run. */
    @Override
    public void close() {
        var eventsUntil = System.nanoTime() + LAST_EVENTS.toNanos();
        started = false;
        store.close();
        leadership.ifPresent(Leadership::end);
        operator.stop();
        controllers.close();
        connections.close();
        orphans.close();
        archive.close();
        leadership.ifPresent(Leadership::release);
        events.close(eventsUntil);
        health.close();
        metrics.close();
        traces.close();
        caches.close();
        whole.close();
    }
}
