package dev.longshore.job.reconciler;

import static java.util.Objects.requireNonNull;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import dev.longshore.job.config.EffectiveSize;
import dev.longshore.job.engine.JobEngine;
import dev.longshore.job.engine.JobPatience;
import dev.longshore.kubernetes.Agenda;
import dev.longshore.kubernetes.ChangeSource;
import dev.longshore.kubernetes.EnqueuedSource;
import dev.longshore.kubernetes.LeftOut;
import dev.longshore.kubernetes.TrimmedStore;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The operator's front end of the {@link JobEngine}. The framework would put a finalizer on every job before anything else; the
 * engine does so with those that run for a while, and learns of the deletion of all others as it happens.
 */
@ControllerConfiguration(
        name = "containerjob",
        triggerReconcilerOnAllEvents = true,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = Constants.NO_MAX_RECONCILIATION_INTERVAL))
public final class ContainerJobReconciler implements Reconciler<ContainerJob>, AutoCloseable {
    /** Should a notification ever be lost, no unfinished job waits longer. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** After a job is gone, for one of the same name: the framework drops what it receives while it handles a deletion. */
    private static final Duration SAME_NAME = Duration.ofMillis(200);

    private final JobEngine engine;
    private final KubernetesCluster cluster;
    private final Duration releaseAfter;
    private final Consumer<ContainerJob> reconciled;
    private final Consumer<ContainerJob> unconfirmed;
    private final ChangeSource<ContainerJob> changes;
    private final EnqueuedSource<ContainerJob> queue = new EnqueuedSource<>(ContainerJob.class, this::cached);
    private final Agenda agenda = new Agenda("jobs", queue::enqueue);
    private volatile JobIndex index;

    /**
     * @param releaseAfter longest time that an unreachable host may hold a job that is being deleted
     * @param reconciled receives each job that was reconciled
     * @param unconfirmed receives each job that waits for its schedule, before it is reconciled
     * @param changes what jobs of the cache change into
     */
    public ContainerJobReconciler(
            JobEngine engine,
            KubernetesCluster cluster,
            Duration releaseAfter,
            Consumer<ContainerJob> reconciled,
            Consumer<ContainerJob> unconfirmed,
            ChangeSource<ContainerJob> changes) {
        this.engine = requireNonNull(engine, "engine is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.releaseAfter = requireNonNull(releaseAfter, "releaseAfter is null");
        this.reconciled = requireNonNull(reconciled, "reconciled is null");
        this.unconfirmed = requireNonNull(unconfirmed, "unconfirmed is null");
        this.changes = requireNonNull(changes, "changes is null");
    }

    /** Jobs without the ends of their logs and their results, which {@link KubernetesJobStore} puts back where it writes. */
    public static TrimmedStore<ContainerJob> cache() {
        return new TrimmedStore<>(job -> {
            var status = job.getStatus();
            if (status != null && (status.logs() != null || !status.results().isEmpty())) {
                job.setStatus(ContainerJobStatusBuilder.builder(status)
                        .logs(CachedJobs.withoutText(status.logs()))
                        .results(null)
                        .build());
            }
        });
    }

    @Override
    public List<EventSource<?, ContainerJob>> prepareEventSources(EventSourceContext<ContainerJob> context) {
        index = new JobIndex(context.getPrimaryCache());
        var sources =
                new ArrayList<EventSource<?, ContainerJob>>(cluster.watch(context, index, engine::reconcileAllOn));
        sources.add(queue);
        sources.add(changes);
        return sources;
    }

    @Override
    public UpdateControl<ContainerJob> reconcile(ContainerJob job, Context<ContainerJob> context) {
        agenda.reconcile(job, context, () -> reconcileAsItIs(job, context));
        return UpdateControl.noUpdate();
    }

    private Optional<Duration> reconcileAsItIs(ContainerJob job, Context<ContainerJob> context) {
        if (context.isPrimaryResourceDeleted()) {
            if (index.get(JobKey.of(job)).isPresent()) {
                // Another has its name already.
                engine.findMissing();
            } else {
                engine.deleted(job, releaseAfter);
                reconciled.accept(job);
            }
            return Optional.of(SAME_NAME);
        }
        if (job.hasFinalizer(JobStore.UNCONFIRMED)) {
            unconfirmed.accept(job);
        }
        return job.isMarkedForDeletion()
                ? cleanUp(job, context)
                : whole(job).flatMap(whole -> reconcileNow(whole, context));
    }

    private Optional<Duration> reconcileNow(ContainerJob job, Context<ContainerJob> context) {
        var again = engine.reconcile(job, new KubernetesJobStore(context, cluster));
        reconciled.accept(job);
        return again.isEmpty() && JobPhases.finished(job)
                ? again
                : Optional.of(again.filter(sooner -> sooner.compareTo(LONGEST_WAIT) < 0)
                        .orElse(LONGEST_WAIT));
    }

    /** What is to be reconciled; nothing where there is no such job any more, or it cannot be read. */
    private Optional<ContainerJob> whole(ContainerJob job) {
        if (LeftOut.isUnreadable(job)) {
            engine.setAside(JobKey.of(job));
            return Optional.empty();
        }
        if (!LeftOut.isStub(job) || isEnoughAsAStub(job)) {
            return Optional.of(job);
        }
        return cluster.job(JobKey.of(job));
    }

    /** One that is not to run, being too large, or has ended and is described. */
    private static boolean isEnoughAsAStub(ContainerJob job) {
        var status = job.getStatus();
        return JobPhases.finished(job)
                ? JobPhases.upToDate(job)
                : EffectiveSize.tooLarge("spec", LeftOut.specBytes(job).orElseThrow())
                                .isPresent()
                        && (status == null || status.effective() == null);
    }

    /** Where it has no finalizer, someone else's holds it. */
    private Optional<Duration> cleanUp(ContainerJob job, Context<ContainerJob> context) {
        var again = engine.cleanUp(job, releaseAfter);
        reconciled.accept(job);
        if (again.isEmpty() && job.hasFinalizer(JobStore.FINALIZER)) {
            try {
                new KubernetesJobStore(context, cluster).setFinalizer(job, false);
            } catch (JobStore.Conflict e) {
                return Optional.of(SAME_NAME);
            }
        }
        return again;
    }

    /** Enqueues a job. From any thread. */
    public void enqueue(JobKey job) {
        queue.enqueue(new ResourceID(job.name(), job.namespace()));
    }

    /** How long the reconciliation of a job may wait for those of others. From any thread. */
    public Duration patience(String namespace, String name) {
        return cached(new ResourceID(name, namespace))
                .map(job -> JobPatience.of(job, Instant.now()))
                .orElse(Duration.ZERO);
    }

    private Optional<ContainerJob> cached(ResourceID id) {
        return index == null ? Optional.empty() : index.get(id);
    }

    /** Enqueues those that the framework itself has something to do with: should that fail, its timer may be late. */
    public void enqueueUnsettled() {
        if (index != null) {
            index.unsettled().forEach(job -> enqueue(JobKey.of(job)));
        }
    }

    @Override
    public void close() {
        agenda.close();
    }

    /** All jobs that are on a host or wait for it. From any thread. */
    public List<JobKey> waitingFor(HostKey host) {
        return index == null
                ? List.of()
                : index.waitingFor(host).map(JobKey::of).toList();
    }

    /** All jobs in the cache; null until the controller was started. */
    public JobIndex index() {
        return index;
    }
}
