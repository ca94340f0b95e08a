package dev.longshore.operator;

import dev.longshore.host.DockerHostReconciler;
import dev.longshore.job.reconciler.ContainerJobReconciler;
import dev.longshore.kubernetes.TrimmedStore;
import dev.longshore.template.ContainerTemplateReconciler;
import dev.longshore.template.JobCounts;
import io.javaoperatorsdk.operator.Operator;
import java.util.Set;

/**
 * The three reconcilers, and how they are registered with the framework.
 *
 * @param counts of the jobs, for the templates
 */
record Controllers(
        ContainerJobReconciler jobs,
        DockerHostReconciler hosts,
        ContainerTemplateReconciler templates,
        JobCounts counts)
        implements AutoCloseable {
    /** Reconciliations a second, however often a resource or what it refers to is changed. */
    private static final int HOSTS = 3;

    private static final int TEMPLATES = 1;

    /** @param namespaces to watch; empty: all */
    void register(Operator operator, Set<String> namespaces) {
        operator.register(
                jobs, configured -> Framework.configure(configured, ContainerJobReconciler.cache(), namespaces));
        operator.register(hosts, configured -> {
            Framework.configure(configured, new TrimmedStore<>(host -> {}), namespaces);
            configured.withRateLimiter(new Pace(HOSTS, System::nanoTime));
        });
        operator.register(templates, configured -> {
            Framework.configure(configured, new TrimmedStore<>(template -> {}), namespaces);
            configured.withRateLimiter(new Pace(TEMPLATES, System::nanoTime));
        });
    }

    /** All caches are filled. */
    void countJobs() {
        counts.addAll(jobs.index()::all);
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
