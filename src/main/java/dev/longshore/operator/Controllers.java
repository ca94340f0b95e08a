package dev.longshore.operator;

import dev.longshore.api.ContainerJob;
import dev.longshore.host.DockerHostReconciler;
import dev.longshore.job.reconciler.ContainerJobReconciler;
import dev.longshore.kubernetes.TrimmedStore;
import dev.longshore.template.ContainerTemplateReconciler;
import io.javaoperatorsdk.operator.Operator;
import java.util.Set;

/** The three reconcilers, and how they are registered with the framework. */
record Controllers(ContainerJobReconciler jobs, DockerHostReconciler hosts, ContainerTemplateReconciler templates)
        implements AutoCloseable {
    /** Reconciliations a second; that of a template counts all its jobs. */
    private static final int HOST_COUNTS = 3;

    private static final int TEMPLATE_COUNTS = 1;

    /** @param namespaces to watch; empty: all */
    void register(Operator operator, Set<String> namespaces) {
        operator.register(
                jobs, configured -> Framework.configure(configured, ContainerJobReconciler.cache(), namespaces));
        operator.register(hosts, configured -> {
            Framework.configure(configured, new TrimmedStore<>(host -> {}), namespaces);
            configured.withRateLimiter(new Pace(HOST_COUNTS, System::nanoTime));
        });
        operator.register(templates, configured -> {
            Framework.configure(configured, new TrimmedStore<>(template -> {}), namespaces);
            configured.withRateLimiter(new Pace(TEMPLATE_COUNTS, System::nanoTime));
        });
    }

    /** A job was reconciled: its template counts it. */
    void reconciled(ContainerJob job) {
        var template = job.getSpec().templateRef();
        if (template != null) {
            templates.enqueue(job.getMetadata().getNamespace(), template.name());
        }
    }

    void enqueueUnsettled() {
        jobs.enqueueUnsettled();
        hosts.enqueueUnsettled();
        templates.enqueueUnsettled();
    }

    @Override
    public void close() {
        jobs.close();
        hosts.close();
        templates.close();
    }
}
