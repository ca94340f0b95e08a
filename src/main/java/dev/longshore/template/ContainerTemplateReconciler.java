package dev.longshore.template;

import static java.util.Objects.requireNonNull;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.kubernetes.LeftOut;
import dev.longshore.kubernetes.StatusUpdates;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.rate.RateLimited;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Says of each template whether jobs can start from it, and what became of those that did; once a second at most. */
@RateLimited(maxReconciliations = 1, within = 1)
@ControllerConfiguration(name = "containertemplate")
public final class ContainerTemplateReconciler implements Reconciler<ContainerTemplate> {
    /** Secrets and ConfigMaps are not watched. */
    private static final Duration RECHECK_MISSING = Duration.ofSeconds(10);

    private static final Duration JOBS_UNKNOWN = Duration.ofSeconds(1);
    private static final Duration CONFLICT = Duration.ofSeconds(1);
    private static final Duration RECHECK = Duration.ofMinutes(5);

    /** Finds jobs by the namespace and name of their template. */
    @FunctionalInterface
    public interface Jobs {
        List<ContainerJob> of(String namespace, String template);
    }

    private final Jobs jobs;
    private final TemplateReadiness readiness;
    private final BooleanSupplier jobsAreKnown;
    private final SimpleInboundEventSource<ContainerTemplate> pokes = new SimpleInboundEventSource<>("pokes");

    /** @param jobsAreKnown whether all jobs are in the cache; none are counted before */
    public ContainerTemplateReconciler(Jobs jobs, TemplateReadiness readiness, BooleanSupplier jobsAreKnown) {
        this.jobs = requireNonNull(jobs, "jobs is null");
        this.readiness = requireNonNull(readiness, "readiness is null");
        this.jobsAreKnown = requireNonNull(jobsAreKnown, "jobsAreKnown is null");
    }

    @Override
    public List<EventSource<?, ContainerTemplate>> prepareEventSources(EventSourceContext<ContainerTemplate> context) {
        return List.of(pokes);
    }

    @Override
    public UpdateControl<ContainerTemplate> reconcile(ContainerTemplate template, Context<ContainerTemplate> context) {
        if (LeftOut.isUnreadable(template)) {
            return UpdateControl.noUpdate();
        }
        if (!jobsAreKnown.getAsBoolean()) {
            return UpdateControl.<ContainerTemplate>noUpdate().rescheduleAfter(JOBS_UNKNOWN);
        }
        var metadata = template.getMetadata();
        var missing = readiness.of(template);
        var status = TemplateStatuses.of(
                template, missing, jobs.of(metadata.getNamespace(), metadata.getName()), Instant.now());
        // What is there may be deleted, but nothing waits for us to say so.
        var again = missing.isPresent() ? RECHECK_MISSING : RECHECK;
        if (!status.equals(template.getStatus())) {
            template.setStatus(status);
            if (StatusUpdates.update(template, context).isEmpty()) {
                again = CONFLICT;
            }
        }
        return UpdateControl.<ContainerTemplate>noUpdate().rescheduleAfter(again);
    }

    /** Looks at a template soon. From any thread. */
    public void poke(String namespace, String name) {
        pokes.propagateEvent(new ResourceID(name, namespace));
    }
}
