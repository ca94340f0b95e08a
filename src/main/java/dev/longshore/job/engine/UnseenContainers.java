package dev.longshore.job.engine;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobAttempt;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.docker.connection.CallKind;
import dev.longshore.job.ClusterView;
import dev.longshore.job.HostKey;
import dev.longshore.job.Hosts;
import dev.longshore.job.JobFrontEnd;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.archiving.ArchiveReports;
import dev.longshore.job.retention.LogState;
import dev.longshore.job.retention.RetainedContainers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Containers of which this process knows only that a status, which an earlier one has written, says that their log is owed. Their
 * host is requested to inspect them: a log whose container is gone is lost.
 *
 * <p>Threads: entered by whoever reconciles; the answer is on a thread of the host, and goes into {@link RetainedContainers}
 * before the job is enqueued.
 */
final class UnseenContainers {
    /** A job that waits for its host is reconciled after that at the latest. */
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final ClusterView cluster;
    private final Hosts hosts;
    private final JobFrontEnd frontEnd;
    private final EndedContainers ended;
    private final RetainedContainers retained;
    private final ArchiveReports reports;
    private final String instance;
    private final Set<JobKey> inspecting = ConcurrentHashMap.newKeySet();
    private final Map<HostKey, Set<JobKey>> waiting = new ConcurrentHashMap<>();

    /** A container by the status of its job, which someone else may have written. */
    private record Sought(ContainerJob job, HostKey host, int attempt, String id) {
        static Optional<Sought> of(ContainerJob job) {
            var status = job.getStatus();
            return status.attempts().stream()
                    .filter(one -> status.host() != null && Objects.equals(one.attempt(), status.attempt()))
                    .map(JobAttempt::containerID)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(id -> new Sought(job, HostKey.of(status.host()), status.attempt(), id));
        }

        JobKey key() {
            return JobKey.of(job);
        }

        /** What is known of it. */
        ContainerSnapshot container(String instance) {
            return ContainerSnapshotBuilder.builder()
                    .id(id)
                    .name(JobLabels.containerName(job, attempt))
                    .state(ContainerSnapshot.State.EXITED)
                    .labels(JobLabels.of(job, attempt, host, instance))
                    .environment(Map.of())
                    .networks(List.of())
                    .build();
        }
    }

    UnseenContainers(
            EnginePorts ports,
            EndedContainers ended,
            RetainedContainers retained,
            ArchiveReports reports,
            String instance) {
        this.cluster = ports.cluster();
        this.hosts = ports.hosts();
        this.frontEnd = ports.frontEnd();
        this.ended = ended;
        this.retained = retained;
        this.reports = reports;
        this.instance = instance;
    }

    /** Finds out whether the container is there. Returns at once; the job is enqueued when something is known. */
    void seek(ContainerJob job) {
        Sought.of(job).ifPresent(this::seek);
    }

    private void seek(Sought sought) {
        var host = sought.host();
        if (!ended.retention().wantsLogs(sought.job())) {
            lost(sought, "the operator no longer has a log archive (--log-archive)");
        } else if (isDeleted(host)) {
            lost(sought, "DockerHost " + host + " was deleted before the log was archived");
        } else if (!hosts.isReady(host)) {
            await(sought);
            // It may be by now.
            hostChanged(host);
        } else if (inspecting.add(sought.key())) {
            inspect(sought);
        }
    }

    private void inspect(Sought sought) {
        var access = hosts.get(sought.host());
        if (access.isEmpty()) {
            inspecting.remove(sought.key());
            await(sought);
            return;
        }
        var unused = access.get()
                .call(CallKind.OBSERVE, docker -> docker.inspect(sought.id()))
                .whenComplete((found, failure) -> {
                    inspecting.remove(sought.key());
                    if (failure != null) {
                        await(sought);
                    } else {
                        answered(sought, found);
                    }
                });
    }

    private void answered(Sought sought, Optional<ContainerSnapshot> found) {
        var host = sought.host();
        var own = found.filter(
                container -> JobLabels.areOf(sought.job(), sought.attempt(), host, instance, container.labels()));
        if (own.isPresent()) {
            // One that was started again by hand is seen when it ends.
            var unused = ended.owes(sought.job(), host, own.get());
            return;
        }
        var name = JobLabels.containerName(sought.job(), sought.attempt());
        lost(sought, "container " + name + " was removed from DockerHost " + host + " before its log was archived");
        frontEnd.enqueue(sought.key());
    }

    private void lost(Sought sought, String why) {
        var error = LogState.LOST + why;
        // The Event follows from the status.
        reports.failed(Optional.empty(), error);
        retained.lost(sought.key(), sought.host(), sought.container(instance), new LogState.Lost(error));
    }

    private void await(Sought sought) {
        var host = sought.host();
        var added = new boolean[1];
        waiting.compute(host, (key, before) -> {
            var jobs = before == null ? ConcurrentHashMap.<JobKey>newKeySet() : before;
            added[0] = jobs.add(sought.key());
            return jobs;
        });
        if (added[0]) {
            frontEnd.later(AGAIN, () -> again(host, sought.key()));
        }
    }

    private void again(HostKey host, JobKey job) {
        waiting.computeIfPresent(host, (key, jobs) -> {
            if (jobs.remove(job)) {
                frontEnd.enqueue(job);
            }
            return jobs.isEmpty() ? null : jobs;
        });
    }

    private boolean isDeleted(HostKey host) {
        return cluster.host(host.namespace(), host.name()).isEmpty();
    }

    /** A host may be ready now, or gone. */
    void hostChanged(HostKey host) {
        if (waiting.containsKey(host) && (hosts.isReady(host) || isDeleted(host))) {
            Optional.ofNullable(waiting.remove(host)).ifPresent(jobs -> jobs.forEach(frontEnd::enqueue));
        }
    }
}
