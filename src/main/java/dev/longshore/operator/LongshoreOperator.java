package dev.longshore.operator;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.HostJobs;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.connection.HostConnection;
import dev.longshore.docker.connection.HostConnections;
import dev.longshore.docker.connection.HostState;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import dev.longshore.host.DockerHostReconciler;
import dev.longshore.host.HostEndpoints;
import dev.longshore.host.UnixSockets;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobTraces;
import dev.longshore.job.Moment;
import dev.longshore.job.engine.JobEngine;
import dev.longshore.job.reconciler.CachedJobs;
import dev.longshore.job.reconciler.ContainerJobReconciler;
import dev.longshore.job.reconciler.KubernetesCluster;
import dev.longshore.kubernetes.CacheClients;
import dev.longshore.kubernetes.TrimmedStore;
import dev.longshore.template.ContainerTemplateReconciler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator, put together. */
public final class LongshoreOperator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LongshoreOperator.class);
    /** Reconciliations a second; that of a template counts all its jobs. */
    private static final int HOST_COUNTS = 3;

    private static final int TEMPLATE_COUNTS = 1;
    private static final Duration MISSING = Duration.ofSeconds(30);

    private final OperatorOptions options;
    private final KubernetesClient whole;
    private final KubernetesClient caches;
    private final KubernetesEvents events;
    private final OperatorMetrics metrics;
    private final JobTraces traces;
    private final HostConnections connections;
    private final OrphanReaper orphans;
    private final JobEngine engine;
    private final KubernetesCluster cluster;
    private final ContainerJobReconciler jobs;
    private final DockerHostReconciler hosts;
    private final ContainerTemplateReconciler templates;
    private final Optional<Leadership> leadership;
    private final Operator operator;
    private final HealthServer health;
    private final StoreCheck store;
    private final FrontEnd frontEnd = new FrontEnd();

    /** The caches are filled. */
    private volatile boolean started;

    public LongshoreOperator(KubernetesClient client, OperatorOptions options) {
        this(client, options, JobTraces.NONE);
    }

    /** @param traces hears of attempts; closed with this operator */
    public LongshoreOperator(KubernetesClient client, OperatorOptions options, JobTraces traces) {
        this.options = options;
        this.traces = traces;
        LOG.info("connecting to the API server at {}", client.getMasterUrl());
        var instance = InstanceId.of(client, options);
        this.whole = CacheClients.whole(client);
        this.events = new KubernetesEvents(client, instance);
        var loggedEvents = new LoggedEvents(events);
        this.metrics = new OperatorMetrics(new HostsNow());
        this.caches = CacheClients.forCaches(client, CachedJobs.KINDS, metrics::unreadable);
        this.connections = new HostConnections(
                new DockerJavaEngineFactory(),
                host -> JobLabels.ofHost(instance, host),
                host -> new HostNotifications(host, engine().listener(host), orphans(), () -> hosts().enqueue(host)),
                metrics);
        this.orphans = new OrphanReaper(
                instance,
                options.namespaces(),
                job -> jobs().index().get(job),
                job -> cluster().job(job),
                connections::get,
                job -> engine().forget(job));
        this.cluster = new KubernetesCluster(whole);
        this.engine = new JobEngine(
                cluster, connections::get, loggedEvents, metrics, traces, instance, Moment::now, frontEnd);
        this.jobs = new ContainerJobReconciler(engine, cluster, options.releaseAfter(), this::reconciled);
        this.hosts = new DockerHostReconciler(
                connections,
                new HostEndpoints(new UnixSockets(options.allowUnixFrom()), cluster::secret),
                engine::jobsOf,
                engine::refusalOf,
                host -> jobs.index().boundTo(host).findAny().isPresent(),
                () -> started,
                loggedEvents);
        this.templates = new ContainerTemplateReconciler(
                (namespace, name) -> jobs.index().of(namespace, name), new ClusterReadiness(cluster), () -> started);
        this.leadership = options.leaderElect() ? Optional.of(new Leadership(client, options)) : Optional.empty();
        this.operator = new Operator(configuration -> Framework.configure(configuration, caches, metrics, leadership));
        this.store = new StoreCheck(
                caches,
                options,
                job -> jobs.index().get(job),
                () -> jobs.index().newestVersion(),
                StoreCheck::halt);
        var apiServer = new ApiServerHealth(client);
        var watches = new WatchHealth(operator, System::nanoTime);
        this.health = new HealthServer(
                options.httpAddress(), () -> started && apiServer.isGood() && watches.isGood(), metrics::scrape);
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
        operator.register(
                jobs,
                configured -> Framework.configure(configured, ContainerJobReconciler.cache(), options.namespaces()));
        operator.register(hosts, configured -> {
            Framework.configure(configured, new TrimmedStore<>(host -> {}), options.namespaces());
            configured.withRateLimiter(new Pace(HOST_COUNTS, System::nanoTime));
        });
        operator.register(templates, configured -> {
            Framework.configure(configured, new TrimmedStore<>(template -> {}), options.namespaces());
            configured.withRateLimiter(new Pace(TEMPLATE_COUNTS, System::nanoTime));
        });
        operator.start();
        started = true;
        findMissing();
        store.start();
        LOG.info(
                "watching {}; serving health and metrics on port {}",
                options.namespaces().isEmpty() ? "all namespaces" : options.namespaces(),
                health.port());
    }

    /** The framework does not tell of a job that is deleted without its finalizer, and its timer goes by the wall clock. */
    private void findMissing() {
        if (started) {
            engine.findMissing();
            jobs.enqueueUnsettled();
            hosts.enqueueUnsettled();
            templates.enqueueUnsettled();
            frontEnd.later(MISSING, this::findMissing);
        }
    }

    public int httpPort() {
        return health.port();
    }

    /** Finishes what is being reconciled; containers go on. */
    @Override
    public void close() {
        started = false;
        store.close();
        leadership.ifPresent(Leadership::end);
        operator.stop();
        jobs.close();
        hosts.close();
        templates.close();
        connections.close();
        orphans.close();
        leadership.ifPresent(Leadership::release);
        events.close();
        health.close();
        metrics.close();
        traces.close();
        caches.close();
        whole.close();
    }

    private void reconciled(ContainerJob job) {
        var template = job.getSpec().templateRef();
        if (template != null) {
            templates.enqueue(job.getMetadata().getNamespace(), template.name());
        }
    }

    /** For parts that are made before what they call. */
    private JobEngine engine() {
        return engine;
    }

    private ContainerJobReconciler jobs() {
        return jobs;
    }

    private KubernetesCluster cluster() {
        return cluster;
    }

    private DockerHostReconciler hosts() {
        return hosts;
    }

    private OrphanReaper orphans() {
        return orphans;
    }

    private final class HostsNow implements OperatorMetrics.Hosts {
        /** One that stands by has no connections, and would say of every host that it is down. */
        @Override
        public List<DockerHost> all() {
            return leadership.map(Leadership::isHeld).orElse(started) ? hosts.all() : List.of();
        }

        @Override
        public boolean isReady(String host) {
            return connections.get(host).map(HostConnection::state).stream().anyMatch(HostState::isReady);
        }

        @Override
        public HostJobs jobs(String host) {
            return engine.jobsOf(host);
        }
    }

    private final class FrontEnd implements JobFrontEnd {
        @Override
        public void enqueue(JobKey job) {
            if (jobs.index().get(job).isEmpty()) {
                // Later, since one that leaves a queue has the next one enqueued.
                later(Duration.ZERO, () -> engine.missing(job));
            } else {
                jobs.enqueue(job);
            }
        }

        @Override
        public Optional<ContainerJob> job(JobKey key) {
            return jobs.index().get(key);
        }

        @Override
        public void unwanted(String host, ContainerSnapshot container) {
            orphans.sweep(host, container);
        }

        @Override
        public Collection<JobKey> waitingFor(String host) {
            return jobs.waitingFor(host);
        }

        @Override
        public boolean stillLeads() {
            return leadership.map(Leadership::isConfirmed).orElse(true);
        }

        @Override
        public void loadChanged(String host) {
            hosts.enqueue(host);
        }
    }
}
