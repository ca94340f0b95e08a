package dev.longshore.template;

import static java.util.Objects.requireNonNull;

import dev.longshore.api.ContainerTemplate;
import dev.longshore.kubernetes.Agenda;
import dev.longshore.kubernetes.LeftOut;
import dev.longshore.kubernetes.StatusUpdates;
import dev.longshore.kubernetes.WritePace;
import io.javaoperatorsdk.operator.api.reconciler.Constants;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Says of each template whether jobs can start from it, and what became of those that did; the latter every 5 s at most. */
@RateLimited(maxReconciliations = 1, within = 1)
@ControllerConfiguration(
        name = "containertemplate",
        maxReconciliationInterval = @MaxReconciliationInterval(interval = Constants.NO_MAX_RECONCILIATION_INTERVAL))
public final class ContainerTemplateReconciler implements Reconciler<ContainerTemplate>, AutoCloseable {
    /** Secrets and ConfigMaps are not watched. */
    private static final Duration RECHECK_MISSING = Duration.ofSeconds(10);

    private static final Duration JOBS_UNKNOWN = Duration.ofSeconds(1);
    private static final Duration PACED = Duration.ofMillis(1100);
    private static final Duration CONFLICT = Duration.ofSeconds(1);
    private static final Duration RECHECK = Duration.ofMinutes(5);

    /** Of jobs that are created together, and of one that ends at once, the counts are written once. */
    private static final Duration COUNTS_SETTLE = Duration.ofSeconds(1);

    private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);

    private final JobCounts jobs;
    private final TemplateReadiness readiness;
    private final BooleanSupplier jobsAreKnown;
    private final SimpleInboundEventSource<ContainerTemplate> queue = new SimpleInboundEventSource<>("enqueued");
    private final Agenda agenda = new Agenda("templates", queue::propagateEvent);
    private final WritePace counts = new WritePace(BETWEEN_COUNTS, System::nanoTime);
    private volatile IndexedResourceCache<ContainerTemplate> cache;

    /** @param jobsAreKnown whether all jobs are in the cache; none are counted before */
    public ContainerTemplateReconciler(JobCounts jobs, TemplateReadiness readiness, BooleanSupplier jobsAreKnown) {
        this.jobs = requireNonNull(jobs, "jobs is null");
        this.readiness = requireNonNull(readiness, "readiness is null");
        this.jobsAreKnown = requireNonNull(jobsAreKnown, "jobsAreKnown is null");
    }

    @Override
    public List<EventSource<?, ContainerTemplate>> prepareEventSources(EventSourceContext<ContainerTemplate> context) {
        cache = context.getPrimaryCache();
        return List.of(queue);
    }

    @Override
    public UpdateControl<ContainerTemplate> reconcile(ContainerTemplate template, Context<ContainerTemplate> context) {
        if (LeftOut.isUnreadable(template)) {
            return UpdateControl.noUpdate();
        }
        agenda.reconcile(template, context, () -> Optional.of(report(template, context)));
        return UpdateControl.noUpdate();
    }

    /** And when to do it again. */
    private Duration report(ContainerTemplate template, Context<ContainerTemplate> context) {
        if (!jobsAreKnown.getAsBoolean()) {
            return JOBS_UNKNOWN;
        }
        Optional<TemplateReadiness.NotReady> missing;
        try {
            missing = readiness.of(template);
        } catch (TemplateReadiness.Later e) {
            // Not before the framework would reconcile again.
            return e.again().plus(PACED);
        }
        // What is there may be deleted, but nothing waits for us to say so.
        var again = missing.isPresent() ? RECHECK_MISSING : RECHECK;
        var id = ResourceID.fromResource(template);
        var before = template.getStatus();
        var status = TemplateStatuses.of(template, missing, jobs.of(id), Instant.now());
        if (status.equals(before)) {
            return again;
        }
        var left = counts.left(id);
        if (!left.isZero() && TemplateStatuses.differInCountsAlone(before, status)) {
            return left;
        }
        counts.writing(id);
        template.setStatus(status);
        return StatusUpdates.update(template, context).isEmpty() ? CONFLICT : again;
    }

    /** The counts of a template have changed: they are written when it is time. From any thread. */
    public void countsChanged(ResourceID template) {
        var left = counts.left(template);
        agenda.plan(template, left.compareTo(COUNTS_SETTLE) > 0 ? left : COUNTS_SETTLE);
    }

    private void enqueue(ResourceID template) {
        queue.propagateEvent(template);
        // Should it be one too many in a second, the framework's timer may be late.
        agenda.plan(template, PACED);
    }

    /** Enqueues those that the framework itself has something to do with: should that fail, its timer may be late. */
    public void enqueueUnsettled() {
        if (cache != null) {
            cache.list()
                    .filter(template -> Agenda.isUnsettled(
                            template,
                            null,
                            template.getStatus() == null
                                    ? null
                                    : template.getStatus().observedGeneration()))
                    .forEach(template -> enqueue(ResourceID.fromResource(template)));
        }
    }

    @Override
    public void close() {
        agenda.close();
    }
}
