package dev.longshore.operator;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.engine.JobEngine;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Connects the engine to the controllers: what it wants reconciled goes through the framework's queues. The engine and the
 * controllers are supplied, since they need this one to be created.
 */
final class OperatorFrontEnd implements JobFrontEnd {
    private final Supplier<JobEngine> engine;
    private final Supplier<Controllers> controllers;
    private final OrphanReaper orphans;
    private final Optional<Leadership> leadership;

    OperatorFrontEnd(
            Supplier<JobEngine> engine,
            Supplier<Controllers> controllers,
            OrphanReaper orphans,
            Optional<Leadership> leadership) {
        this.engine = engine;
        this.controllers = controllers;
        this.orphans = orphans;
        this.leadership = leadership;
    }

    @Override
    public void enqueue(JobKey job) {
        var jobs = controllers.get().jobs();
        if (jobs.index().get(job).isEmpty()) {
            // Later, since one that leaves a queue has the next one enqueued.
            later(Duration.ZERO, () -> engine.get().missing(job));
        } else {
            jobs.enqueue(job);
        }
    }

    @Override
    public Optional<ContainerJob> job(JobKey key) {
        return controllers.get().jobs().index().get(key);
    }

    @Override
    public void unwanted(HostKey host, ContainerSnapshot container) {
        orphans.sweep(host, container);
    }

    @Override
    public Collection<JobKey> waitingFor(HostKey host) {
        return controllers.get().jobs().waitingFor(host);
    }

    @Override
    public boolean stillLeads() {
        return leadership.map(Leadership::isConfirmed).orElse(true);
    }

    @Override
    public boolean surelyLeads() {
        return leadership.map(Leadership::isCertain).orElse(true);
    }

    @Override
    public boolean mayStart() {
        return surelyLeads() || stillLeads();
    }

    @Override
    public void loadChanged(HostKey host) {
        controllers.get().hosts().loadChanged(host.namespace(), host.name());
    }
}
