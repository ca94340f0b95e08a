package dev.longshore.job.engine;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.connection.HostListener;
import dev.longshore.job.HostKey;
import dev.longshore.job.Hosts;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.StateStore;
import dev.longshore.job.metrics.JobMetricsRecorder;
import dev.longshore.job.plan.StartGates;
import dev.longshore.job.queue.Applicant;
import dev.longshore.job.queue.SyncBarrier;
import dev.longshore.job.retention.RetainedContainers;
import dev.longshore.job.status.JobTimes;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Brings what is received from hosts to their jobs. */
final class HostEventHandler {
    private final Hosts hosts;
    private final SyncBarrier barrier;
    private final StateStore states;
    private final RetainedContainers retained;
    private final JobMetricsRecorder metrics;
    private final Supplier<Moment> clock;
    private final JobFrontEnd frontEnd;
    private final Consumer<HostKey> hostChanged;

    HostEventHandler(
            Hosts hosts,
            SyncBarrier barrier,
            StateStore states,
            RetainedContainers retained,
            JobMetricsRecorder metrics,
            Supplier<Moment> clock,
            JobFrontEnd frontEnd,
            Consumer<HostKey> hostChanged) {
        this.hosts = hosts;
        this.barrier = barrier;
        this.states = states;
        this.retained = retained;
        this.metrics = metrics;
        this.clock = clock;
        this.frontEnd = frontEnd;
        this.hostChanged = hostChanged;
    }

    /** Enqueues all jobs of a host, in their order, before it starts another that is after them. */
    void reconcileAllOn(HostKey host) {
        awaitSync(host).forEach(applicant -> frontEnd.enqueue(applicant.job()));
        // What cannot start now may still have a container there that is to be removed.
        states.on(host).forEach(frontEnd::enqueue);
        hostChanged.accept(host);
    }

    private List<Applicant> awaitSync(HostKey host) {
        var now = clock.get().time();
        var waiting = frontEnd.waitingFor(host).stream()
                .flatMap(job -> frontEnd.job(job).stream())
                .filter(job ->
                        JobPhases.bound(job) || StartGates.notDue(job, now).isEmpty())
                .map(HostEventHandler::applicant)
                .sorted(Applicant.ORDER)
                .toList();
        barrier.await(host, waiting);
        return waiting;
    }

    /** Those that may run there come first. */
    private static Applicant applicant(ContainerJob job) {
        return JobPhases.bound(job)
                ? new Applicant(JobKey.of(job), 0, JobTimes.created(job))
                : StartGates.applicant(job);
    }

    HostListener of(HostKey host) {
        return new HostListener() {
            @Override
            public void stateChanged() {
                reconcileAllOn(host);
            }

            @Override
            public void listed(List<ContainerSnapshot> containers) {
                if (!hosts.isReady(host)) {
                    // It will be in a moment, and then the first to be reconciled is not the first in order.
                    awaitSync(host);
                }
                states.found(host, containers);
                retained.found(
                        host, containers.stream().map(ContainerSnapshot::id).collect(Collectors.toSet()));
            }

            @Override
            public void containerChanged(ContainerEvent event, long subscription) {
                metrics.received(host, event, clock.get().time());
                states.changed(host, event, subscription);
                if (event.action().equals("destroy") && JobLabels.areComplete(event.labels())) {
                    retained.gone(JobLabels.jobOf(event.labels()).uid(), event.container());
                }
            }
        };
    }
}
