package dev.longshore.operator;

import dev.longshore.api.ContainerJob;
import dev.longshore.cron.engine.CronEngine;
import dev.longshore.cron.reconciler.ContainerCronJobReconciler;
import dev.longshore.host.DockerHostReconciler;
import dev.longshore.job.reconciler.CachedJobs;
import dev.longshore.job.reconciler.ContainerJobReconciler;
import dev.longshore.kubernetes.ChangeSource;
import dev.longshore.kubernetes.TrimmedStore;
import dev.longshore.template.ContainerTemplateReconciler;
import dev.longshore.template.JobCounts;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The four reconcilers, and how they are registered with the framework.
 *
 * @param counts of the jobs, for the templates
 */
record Controllers(
        ContainerJobReconciler jobs,
        DockerHostReconciler hosts,
        ContainerTemplateReconciler templates,
        ContainerCronJobReconciler schedules,
        JobCounts counts)
        implements AutoCloseable {
    /** Reconciliations a second, however often a resource or what it refers to is changed. */
    private static final int HOSTS = 3;

    private static final int TEMPLATES = 1;

    /** A job for a scheduled time takes a few: it is created, recorded, confirmed and finished. */
    private static final int SCHEDULES = 20;

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
        operator.register(schedules, configured -> {
            Framework.configure(configured, new TrimmedStore<>(CachedJobs::withoutTemplate), namespaces);
            configured.withRateLimiter(new Pace(SCHEDULES, System::nanoTime));
        });
    }

    /** @param controllers for what is created after it */
    static ContainerCronJobReconciler schedules(
            CronEngine engine, KubernetesClient whole, Supplier<Controllers> controllers, BooleanSupplier started) {
        return new ContainerCronJobReconciler(
                engine,
                whole,
                owner -> controllers.get().jobs().index().ownedBy(owner),
                started,
                job -> controllers.get().jobs().enqueue(job));
    }

    /** What receives changes of jobs beside their own controller. */
    static ChangeSource<ContainerJob> jobChanges(JobCounts counts, ContainerCronJobReconciler schedules) {
        return new ChangeSource<>(
                ContainerJob.class,
                job -> {
                    counts.changed(job);
                    schedules.jobChanged(job);
                },
                job -> {
                    counts.deleted(job);
                    schedules.jobDeleted(job);
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
        schedules.enqueueUnsettled();
    }

    @Override
    public void close() {
        jobs.close();
        hosts.close();
        templates.close();
        schedules.close();
    }
}
