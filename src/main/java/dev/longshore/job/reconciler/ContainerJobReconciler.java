package dev.longshore.job.reconciler;

import static java.util.Objects.requireNonNull;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.config.EffectiveSize;
import dev.longshore.job.engine.JobEngine;
import dev.longshore.kubernetes.Agenda;
import dev.longshore.kubernetes.LeftOut;
import dev.longshore.kubernetes.TrimmedStore;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The operator's front end of the {@link JobEngine}. */
@ControllerConfiguration(name = "containerjob", finalizerName = ContainerJobReconciler.FINALIZER)
public final class ContainerJobReconciler implements Reconciler<ContainerJob>, Cleaner<ContainerJob>, AutoCloseable {
    static final String FINALIZER = "longshore.dev/container";

    /** Should a notification ever be lost, no unfinished job waits longer. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final JobEngine engine;
    private final KubernetesCluster cluster;
    private final Duration releaseAfter;
    private final Consumer<ContainerJob> reconciled;
    private final SimpleInboundEventSource<ContainerJob> queue = new SimpleInboundEventSource<>("enqueued");
    private final Agenda agenda = new Agenda("jobs", queue::propagateEvent);
    private volatile JobIndex index;

    /**
     * @param releaseAfter longest time that an unreachable host may hold a job that is being deleted
     * @param reconciled receives each job that was reconciled
     */
    public ContainerJobReconciler(
            JobEngine engine, KubernetesCluster cluster, Duration releaseAfter, Consumer<ContainerJob> reconciled) {
        this.engine = requireNonNull(engine, "engine is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.releaseAfter = requireNonNull(releaseAfter, "releaseAfter is null");
        this.reconciled = requireNonNull(reconciled, "reconciled is null");
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
        return sources;
    }

    @Override
    public UpdateControl<ContainerJob> reconcile(ContainerJob job, Context<ContainerJob> context) {
        agenda.reconcile(job, context, () -> whole(job).flatMap(whole -> reconcileNow(whole, context)));
        return UpdateControl.noUpdate();
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

    @Override
    public DeleteControl cleanup(ContainerJob job, Context<ContainerJob> context) {
        var again = agenda.reconcile(job, context, () -> engine.cleanUp(job, releaseAfter));
        reconciled.accept(job);
        return again.isPresent() ? DeleteControl.noFinalizerRemoval() : DeleteControl.defaultDelete();
    }

    /** Enqueues a job. From any thread. */
    public void enqueue(JobKey job) {
        queue.propagateEvent(new ResourceID(job.name(), job.namespace()));
    }

    /** Enqueues those that the framework itself has something to do with: should that fail, its timer may be late. */
    public void enqueueUnsettled() {
        if (index != null) {
            index.unsettled(FINALIZER).forEach(job -> enqueue(JobKey.of(job)));
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
