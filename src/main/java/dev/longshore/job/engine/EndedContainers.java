package dev.longshore.job.engine;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.Redactor;
import dev.longshore.job.ClusterView;
import dev.longshore.job.ContainerHolds;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.JobPhases;
import dev.longshore.job.archiving.ArchiveReports;
import dev.longshore.job.archiving.LogArchiving;
import dev.longshore.job.attempt.AttemptState;
import dev.longshore.job.attempt.SharedState;
import dev.longshore.job.operation.EndedLogs;
import dev.longshore.job.operation.Redactors;
import dev.longshore.job.placement.HostAdmission;
import dev.longshore.job.retention.LogState;
import dev.longshore.job.retention.RetainedContainer;
import dev.longshore.job.retention.RetainedContainers;
import dev.longshore.job.retention.Retention;
import java.util.Optional;
import java.util.Set;

/** Retains containers that have ended, has their logs archived, and lets them go. From any thread. */
public final class EndedContainers implements ContainerHolds, EndedLogs {
    private final Retention retention;
    private final RetainedContainers retained;
    private final Optional<LogArchiving> archiving;
    private final JobFrontEnd frontEnd;
    private final ClusterView cluster;
    private final ArchiveReports reports;
    private final UnseenContainers unseen;

    EndedContainers(EnginePorts ports, Redactors redactors, RetainedContainers retained, String instance) {
        this.retention = new Retention(ports.archive() != null, ports.keepsFailed());
        this.retained = retained;
        this.frontEnd = ports.frontEnd();
        this.cluster = ports.cluster();
        this.reports = new ArchiveReports(ports.events(), ports.meter(), frontEnd);
        this.unseen = new UnseenContainers(ports, this, retained, reports, instance);
        this.archiving = Optional.ofNullable(ports.archive())
                .map(access -> new LogArchiving(
                        access,
                        ports.cluster(),
                        ports.hosts(),
                        ports.frontEnd(),
                        ports.clock(),
                        reports,
                        redactors,
                        retained));
    }

    Retention retention() {
        return retention;
    }

    ArchiveReports reports() {
        return reports;
    }

    /** Only the status of a job says that a log is owed. */
    void seek(ContainerJob job) {
        unseen.seek(job);
    }

    /** The result of the container is stored. */
    void retain(ContainerJob job, SharedState shared, AttemptState.HostedContainer ended) {
        retain(Optional.of(job), ended.host(), ended.container(), shared.redactorOf(ended.container()));
        if (!JobPhases.finished(job)) {
            // The next attempt has nothing to do with it.
            shared.update(state -> state.withObservation(state.observation().withoutContainer()));
        }
    }

    private void retain(
            Optional<ContainerJob> job, HostKey host, ContainerSnapshot container, Optional<Redactor> redactor) {
        var key = JobLabels.jobOf(container.labels());
        var log = retention.wantsLog(job, container) ? new LogState.Owed(null) : new LogState.NotOwed();
        var keep = retention.keep(job, container);
        if (!retained.add(key, host, container, log, keep)) {
            return;
        }
        var one = retained.get(key.uid(), container.id()).orElseThrow();
        if (one.isOwed()) {
            archiving.orElseThrow().begin(one, job, redactor);
        }
        if (!keep.isZero()) {
            frontEnd.later(keep, () -> released(one));
        }
    }

    /** Nothing is left to say about it: it may go, unless it is kept. */
    void released(RetainedContainer one) {
        if (!retained.holds(one.job().uid(), one.container().id())) {
            frontEnd.enqueue(one.job());
            frontEnd.unwanted(one.host(), one.container());
        }
    }

    @Override
    public boolean holds(HostKey host, ContainerSnapshot container, Optional<ContainerJob> job) {
        if (container.state() != ContainerSnapshot.State.EXITED) {
            return false;
        }
        var key = JobLabels.jobOf(container.labels());
        if (job.isEmpty()) {
            retained.forget(key, container.id());
        }
        if (!mayBe(host, container, job)) {
            return false;
        }
        if (retention.wantsLog(job, container)
                || !retention.keep(job, container).isZero()) {
            retain(job, host, container, Optional.empty());
        }
        return retained.holds(key.uid(), container.id());
    }

    @Override
    public boolean owes(ContainerJob job, HostKey host, ContainerSnapshot container) {
        if (container.state() != ContainerSnapshot.State.EXITED || !retention.wantsLog(Optional.of(job), container)) {
            return false;
        }
        retain(Optional.of(job), host, container, Optional.empty());
        return retained.get(job.getMetadata().getUid(), container.id())
                .filter(RetainedContainer::isOwed)
                .isPresent();
    }

    /** Whoever runs a daemon can have any labels there, and is not to write into the archive for others. */
    private boolean mayBe(HostKey host, ContainerSnapshot container, Optional<ContainerJob> job) {
        var namespace = JobLabels.jobOf(container.labels()).namespace();
        return job.map(one -> JobLabels.attemptOf(container.labels()) < JobPhases.currentAttempt(one)
                        ? host.mayHaveHad(one)
                        : host.mayHave(one))
                .orElseGet(() -> namespace.equals(host.namespace())
                        || cluster.host(host.namespace(), host.name())
                                .filter(HostAdmission.of(namespace, cluster))
                                .isPresent());
    }

    @Override
    public boolean isNew(HostKey host, ContainerSnapshot container) {
        return retention.archives()
                && container.state() == ContainerSnapshot.State.EXITED
                && retained.takes(JobLabels.jobOf(container.labels()).uid(), host, container.id());
    }

    /** Whether the log of a container on a host is owed to the archive. */
    public boolean owes(HostKey host) {
        return retained.owes(host);
    }

    /** Nobody connects to a host any more: what it has is not known, and what it owes is lost. */
    public void left(HostKey host) {
        retained.found(host, Set.of());
        retained.owed(host).forEach(one -> {
            var job = frontEnd.job(one.job());
            abandon(one, job, "DockerHost " + host + " was deleted before the log was archived");
            job.ifPresentOrElse(there -> frontEnd.enqueue(one.job()), () -> retained.forget(one.job()));
        });
    }

    /** A host may be ready now, or gone. */
    void hostChanged(HostKey host) {
        archiving.ifPresent(LogArchiving::hostChanged);
        unseen.hostChanged(host);
    }

    /** Gives up what is owed of a job that is being deleted, and says so. */
    void abandon(ContainerJob job, String why) {
        retained.of(job.getMetadata().getUid()).stream()
                .filter(RetainedContainer::isOwed)
                .forEach(one -> abandon(one, Optional.of(job), why));
    }

    private void abandon(RetainedContainer one, Optional<ContainerJob> job, String why) {
        var error = LogState.LOST + why;
        reports.failed(job, error);
        retained.log(one, new LogState.Lost(error));
    }

    /** Also of a container that was never observed to end. */
    void abandonUnobserved(ContainerJob job, String why) {
        var status = job.getStatus();
        var observed = retained.owes(job.getMetadata().getUid());
        abandon(job, why);
        var archive =
                status == null || status.logs() == null ? null : status.logs().archive();
        if (!observed
                && JobPhases.bound(job)
                && !JobPhases.finished(job)
                && retention.wantsLogs(job)
                && archive == null) {
            reports.failed(Optional.of(job), LogState.LOST + why);
        }
    }

    void forget(JobKey job) {
        retained.forget(job);
        reports.forget(job);
    }
}
