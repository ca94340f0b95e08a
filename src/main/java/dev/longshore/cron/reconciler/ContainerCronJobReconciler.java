package dev.longshore.cron.reconciler;

import static java.util.Objects.requireNonNull;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.cron.CronKey;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.cron.engine.CronEngine;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import dev.longshore.job.JobStore;
import dev.longshore.kubernetes.Agenda;
import dev.longshore.kubernetes.EnqueuedSource;
import dev.longshore.kubernetes.LeftOut;
import dev.longshore.kubernetes.StatusUpdates;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The operator's front end of the {@link CronEngine}. A schedule that waits costs one entry in a heap of timers; its jobs enqueue
 * it when they finish.
 */
@ControllerConfiguration(
        name = "containercronjob",
        triggerReconcilerOnAllEvents = true,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = Constants.NO_MAX_RECONCILIATION_INTERVAL))
public final class ContainerCronJobReconciler implements Reconciler<ContainerCronJob>, AutoCloseable {
    private static final Duration JOBS_UNKNOWN = Duration.ofSeconds(1);

    /** Should an event ever be lost. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** The API server takes any text in an owner reference, also one that would be another path. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][-a-z0-9.]{0,252}");

    private final CronEngine engine;
    private final KubernetesClient client;
    private final Function<String, List<ContainerJob>> jobs;
    private final BooleanSupplier jobsAreKnown;
    private final Consumer<JobKey> startable;
    /** Jobs, by UID, that the cache has as unconfirmed, whoever confirms them. */
    private final Set<String> unconfirmed = ConcurrentHashMap.newKeySet();

    private final EnqueuedSource<ContainerCronJob> queue = new EnqueuedSource<>(ContainerCronJob.class, this::cached);
    private final Agenda agenda = new Agenda("schedules", queue::enqueue);
    private volatile IndexedResourceCache<ContainerCronJob> cache;

    /**
     * @param client reads whole resources
     * @param jobs those with an owner of this UID
     * @param jobsAreKnown whether all jobs are in the cache; none are created before
     * @param startable receives each job that was confirmed once the cache has it: the framework ignores such a change
     */
    public ContainerCronJobReconciler(
            CronEngine engine,
            KubernetesClient client,
            Function<String, List<ContainerJob>> jobs,
            BooleanSupplier jobsAreKnown,
            Consumer<JobKey> startable) {
        this.engine = requireNonNull(engine, "engine is null");
        this.client = requireNonNull(client, "client is null");
        this.jobs = requireNonNull(jobs, "jobs is null");
        this.jobsAreKnown = requireNonNull(jobsAreKnown, "jobsAreKnown is null");
        this.startable = requireNonNull(startable, "startable is null");
    }

    @Override
    public List<EventSource<?, ContainerCronJob>> prepareEventSources(EventSourceContext<ContainerCronJob> context) {
        cache = context.getPrimaryCache();
        return List.of(queue);
    }

    @Override
    public UpdateControl<ContainerCronJob> reconcile(ContainerCronJob cron, Context<ContainerCronJob> context) {
        if (LeftOut.isUnreadable(cron)) {
            return UpdateControl.noUpdate();
        }
        agenda.reconcile(cron, context, () -> reconcileNow(cron, context));
        return UpdateControl.noUpdate();
    }

    private Optional<Duration> reconcileNow(ContainerCronJob cron, Context<ContainerCronJob> context) {
        if (context.isPrimaryResourceDeleted()) {
            engine.forget(CronKey.of(cron));
            return Optional.empty();
        }
        if (!jobsAreKnown.getAsBoolean()) {
            return Optional.of(JOBS_UNKNOWN);
        }
        // Whoever knows the UID may have written it to a job of any namespace.
        var own = jobs.apply(cron.getMetadata().getUid()).stream()
                .filter(job -> ScheduledJobs.isOf(job, cron))
                .toList();
        var again = engine.reconcile(cron, own, store(context));
        return again.map(wait -> wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    }

    private KubernetesCronStore store(Context<ContainerCronJob> context) {
        return new KubernetesCronStore(client, changed -> StatusUpdates.update(changed, context));
    }

    /** A job has changed: whether its schedule has something to do with that. From any thread. */
    public void jobChanged(ContainerJob job) {
        if (job.hasFinalizer(JobStore.UNCONFIRMED)) {
            unconfirmed.add(job.getMetadata().getUid());
        } else {
            confirmed(job);
        }
        if (job.hasFinalizer(JobStore.UNCONFIRMED) || JobPhases.finished(job) || job.isMarkedForDeletion()) {
            ScheduledJobs.owner(job).ifPresent(owner -> enqueue(id(job, owner)));
        }
    }

    private void confirmed(ContainerJob job) {
        if (unconfirmed.remove(job.getMetadata().getUid())) {
            startable.accept(JobKey.of(job));
        }
    }

    /** The same for one that is gone. From any thread. */
    public void jobDeleted(ContainerJob job) {
        unconfirmed.remove(job.getMetadata().getUid());
        ScheduledJobs.owner(job).ifPresent(owner -> enqueue(id(job, owner)));
    }

    /**
     * Settles a job that waits to be confirmed and whose schedule is no longer there, which the API server says. By the thread that
     * reconciles the job.
     */
    public void unconfirmed(ContainerJob job) {
        var owner = ScheduledJobs.owner(job);
        var uid = job.getMetadata().getUid();
        if (unconfirmed.add(uid)
                && owner.isPresent()
                && jobs.apply(owner.get().getUid()).stream()
                        .filter(one -> one.hasFinalizer(JobStore.UNCONFIRMED))
                        .noneMatch(one -> one.getMetadata().getUid().equals(uid))) {
            // The cache has it as confirmed by now, and that may have been the first change of it that was seen.
            confirmed(job);
        }
        var store = new KubernetesCronStore(client, changed -> Optional.empty());
        if (owner.filter(one -> isThere(job, one, store)).isEmpty()) {
            engine.abandoned(job, store);
        }
    }

    private boolean isThere(ContainerJob job, OwnerReference owner, KubernetesCronStore store) {
        var id = id(job, owner);
        if (cached(id)
                .filter(cron -> cron.getMetadata().getUid().equals(owner.getUid()))
                .isPresent()) {
            enqueue(id);
            return true;
        }
        return NAME.matcher(owner.getName()).matches()
                && store.read(new CronKey(job.getMetadata().getNamespace(), owner.getName(), owner.getUid()))
                        .isPresent();
    }

    private static ResourceID id(ContainerJob job, OwnerReference owner) {
        return new ResourceID(owner.getName(), job.getMetadata().getNamespace());
    }

    private Optional<ContainerCronJob> cached(ResourceID id) {
        return cache == null ? Optional.empty() : cache.get(id);
    }

    private void enqueue(ResourceID id) {
        if (cached(id).isPresent()) {
            queue.enqueue(id);
        }
    }

    /** All schedules as the cache has them. */
    public List<ContainerCronJob> all() {
        return cache == null ? List.of() : cache.list().toList();
    }

    /** The time of day has jumped: what is due is due at another moment. */
    public void enqueueAll() {
        all().forEach(cron -> queue.enqueue(ResourceID.fromResource(cron)));
    }

    /** Enqueues those that the framework itself has something to do with: should that fail, its timer may be late. */
    public void enqueueUnsettled() {
        all().stream()
                .filter(cron -> Agenda.isUnsettled(
                        cron,
                        null,
                        cron.getStatus() == null ? null : cron.getStatus().observedGeneration()))
                .forEach(cron -> queue.enqueue(ResourceID.fromResource(cron)));
    }

    @Override
    public void close() {
        agenda.close();
    }
}
