package dev.longshore.host;

import static java.util.Objects.requireNonNull;

import dev.longshore.api.DockerHost;
import dev.longshore.api.EventSink;
import dev.longshore.api.PulledImage;
import dev.longshore.docker.connection.HostConnections;
import dev.longshore.image.ImageKeeper;
import dev.longshore.kubernetes.Agenda;
import dev.longshore.kubernetes.LeftOut;
import dev.longshore.kubernetes.StatusUpdates;
import dev.longshore.kubernetes.WritePace;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps each host's connection as its resource says, and writes what the connection knows into the status. Never waits
 * for a daemon: the connection's own threads do, and enqueue it here when something changed.
 */
@ControllerConfiguration(
        name = "dockerhost",
        finalizerName = DockerHostReconciler.FINALIZER,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = Constants.NO_MAX_RECONCILIATION_INTERVAL))
public final class DockerHostReconciler implements Reconciler<DockerHost>, Cleaner<DockerHost>, AutoCloseable {
    static final String FINALIZER = "longshore.dev/jobs";

    /** Secrets are not watched: a changed one is found by reading it again. */
    private static final Duration SECRET_RECHECK = Duration.ofSeconds(15);

    private static final Duration JOBS_UNKNOWN = Duration.ofMillis(100);
    private static final Duration CONFLICT = Duration.ofMillis(100);
    private static final Duration PACED = Duration.ofMillis(1100);
    private static final Duration JOBS_RECHECK = Duration.ofSeconds(5);
    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(1);

    private final HostConnections connections;
    private final HostEndpoints endpoints;
    private final Function<DockerHost, HostUse> use;
    private final Function<DockerHost, Optional<String>> refusals;
    private final Predicate<DockerHost> busy;
    private final OwedLogs logs;
    private final BooleanSupplier jobsAreKnown;
    private final ImageKeeper images;
    private final HostEvents events;
    private final SimpleInboundEventSource<DockerHost> queue = new SimpleInboundEventSource<>("enqueued");
    private final Agenda agenda = new Agenda("hosts", queue::propagateEvent);

    private final WritePace counts = new WritePace(BETWEEN_COUNTS, System::nanoTime);
    private volatile IndexedResourceCache<DockerHost> cache;

    /**
     * @param use what jobs have of a host
     * @param refusals what a host says that refuses whatever it is asked
     * @param busy whether jobs are bound to a host
     * @param logs whether logs are still to be read from a host
     * @param images what is pulled in advance, and removed
     * @param jobsAreKnown whether all jobs are in the cache; nothing is done before: a host would start a job that is not
     *     the first in order, and one that is being deleted would be let go with jobs on it
     */
    public DockerHostReconciler(
            HostConnections connections,
            HostEndpoints endpoints,
            Function<DockerHost, HostUse> use,
            Function<DockerHost, Optional<String>> refusals,
            Predicate<DockerHost> busy,
            OwedLogs logs,
            BooleanSupplier jobsAreKnown,
            ImageKeeper images,
            EventSink events) {
        this.connections = requireNonNull(connections, "connections is null");
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.use = requireNonNull(use, "use is null");
        this.refusals = requireNonNull(refusals, "refusals is null");
        this.busy = requireNonNull(busy, "busy is null");
        this.logs = requireNonNull(logs, "logs is null");
        this.jobsAreKnown = requireNonNull(jobsAreKnown, "jobsAreKnown is null");
        this.images = requireNonNull(images, "images is null");
        this.events = new HostEvents(requireNonNull(events, "events is null"), this::enqueue);
    }

    @Override
    public List<EventSource<?, DockerHost>> prepareEventSources(EventSourceContext<DockerHost> context) {
        cache = context.getPrimaryCache();
        return List.of(queue);
    }

    @Override
    public UpdateControl<DockerHost> reconcile(DockerHost host, Context<DockerHost> context) {
        if (LeftOut.isUnreadable(host)) {
            return UpdateControl.noUpdate();
        }
        agenda.reconcile(
                host,
                context,
                () -> jobsAreKnown.getAsBoolean() ? connectAndReport(host, context) : Optional.of(JOBS_UNKNOWN));
        return UpdateControl.noUpdate();
    }

    /** And when to do it again. */
    private Optional<Duration> connectAndReport(DockerHost host, Context<DockerHost> context) {
        var key = key(host);
        var health = connect(host, key);
        var kept = images.reconcile(key, host, connections.get(key).filter(open -> !host.isMarkedForDeletion()));
        kept.problems().forEach(why -> events.imagePullFailed(host, why));
        var again = health.flatMap(known -> report(host, known, kept.images(), context));
        events.reconciled(host);
        var secret = Optional.ofNullable(host.getSpec().tls()).map(tls -> SECRET_RECHECK);
        return Stream.of(again, secret, kept.requeueAfter())
                .flatMap(Optional::stream)
                .min(Duration::compareTo);
    }

    /** And when to try again, if the host is not as it was any more, or its counts are to be written later. */
    private Optional<Duration> report(
            DockerHost host, HostStatuses.Health health, List<PulledImage> pulled, Context<DockerHost> context) {
        var before = host.getStatus();
        var refusal = refusals.apply(host);
        var status = HostStatuses.of(host, health, use.apply(host), refusal, Instant.now())
                .images(pulled)
                .build();
        if (status.equals(before)) {
            return Optional.empty();
        }
        var id = ResourceID.fromResource(host);
        var left = counts.left(id);
        if (!left.isZero() && HostStatuses.differInCountsAlone(before, status)) {
            return Optional.of(left);
        }
        counts.writing(id);
        host.setStatus(status);
        if (StatusUpdates.update(host, context).isEmpty()) {
            return Optional.of(CONFLICT);
        }
        events.changed(host, before, health);
        events.degraded(host, before, refusal);
        return Optional.empty();
    }

    private Optional<HostStatuses.Health> connect(DockerHost host, String key) {
        try {
            connections.connect(key, endpoints.of(host), host.getSpec().maxConcurrentJobs());
        } catch (HostProblem problem) {
            // A namespace that is being deleted loses its Secrets first: what still runs is stopped all the same.
            if (!host.isMarkedForDeletion()) {
                connections.disconnect(key);
            }
            return Optional.of(HostStatuses.problem(problem));
        }
        return connections.get(key).flatMap(connection -> HostStatuses.health(connection.state()));
    }

    /** Jobs that are there end there: until then the connection is needed, also by an operator that was just started. */
    @Override
    public DeleteControl cleanup(DockerHost host, Context<DockerHost> context) {
        var again = agenda.reconcile(host, context, () -> disconnect(host, context));
        return again.isPresent() ? DeleteControl.noFinalizerRemoval() : DeleteControl.defaultDelete();
    }

    /** And when to do it again; nothing once that is done. */
    private Optional<Duration> disconnect(DockerHost host, Context<DockerHost> context) {
        if (!jobsAreKnown.getAsBoolean()) {
            return Optional.of(JOBS_UNKNOWN);
        }
        var key = key(host);
        if (busy.test(host) || logs.delay(host)) {
            // One that cannot be read keeps the connection that it has, if any.
            var connected = LeftOut.isUnreadable(host) ? Optional.<Duration>empty() : connectAndReport(host, context);
            var again = connected
                    .filter(sooner -> sooner.compareTo(JOBS_RECHECK) < 0)
                    .orElse(JOBS_RECHECK);
            return Optional.of(again);
        }
        connections.disconnect(key);
        logs.left(host);
        images.forget(key);
        events.forget(host);
        return Optional.empty();
    }

    /** All hosts in the cache; none before the controller was started. */
    public List<DockerHost> all() {
        return cache == null
                ? List.of()
                : cache.list().filter(host -> !LeftOut.isUnreadable(host)).toList();
    }

    /**
     * What jobs have of a host has changed, or whether it is degraded: that is written a second later, with what changes
     * meanwhile. From any thread.
     */
    public void loadChanged(String namespace, String name) {
        agenda.plan(new ResourceID(name, namespace), BETWEEN_COUNTS);
    }

    /** Enqueues a host. From any thread. */
    public void enqueue(String namespace, String name) {
        enqueue(new ResourceID(name, namespace));
    }

    private void enqueue(ResourceID host) {
        queue.propagateEvent(host);
        // Should it be one too many in a second, the framework's timer may be late.
        agenda.plan(host, PACED);
    }

    /** Enqueues those that the framework itself has something to do with: should that fail, its timer may be late. */
    public void enqueueUnsettled() {
        all().stream()
                .filter(host -> Agenda.isUnsettled(
                        host,
                        FINALIZER,
                        host.getStatus() == null ? null : host.getStatus().observedGeneration()))
                .forEach(host -> enqueue(ResourceID.fromResource(host)));
    }

    @Override
    public void close() {
        agenda.close();
    }

    /** By which its connection is known. */
    private static String key(DockerHost host) {
        return host.getMetadata().getNamespace() + "/" + host.getMetadata().getName();
    }
}
