package dev.longshore.client;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.HostSelector;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobPhases;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A job that waits for a host or runs there, as far as others that wait are concerned.
 *
 * @param host on which it is, or which it names; null for one that waits with a selector
 * @param selector null for one that names its host
 * @param waits whether it is in line
 * @param holds whether it has a container on the host that may run
 * @param requests what that container requests
 * @param gpus the IDs of those that it has
 * @param startedAt null where it has not started
 */
public record QueueEntry(
        String namespace,
        String name,
        String uid,
        int priority,
        Instant created,
        HostKey host,
        HostSelector selector,
        boolean waits,
        boolean holds,
        JobRequests requests,
        List<String> gpus,
        String startedAt) {
    /** By priority and age, as hosts without fair sharing take them. */
    static final Comparator<QueueEntry> ORDER = Comparator.comparingInt(QueueEntry::priority)
            .thenComparing(QueueEntry::created)
            .thenComparing(QueueEntry::namespace)
            .thenComparing(QueueEntry::name);

    /** That say that a job is in line; one that waits for a moment only says nothing. */
    private static final Set<JobReason> IN_LINE = Set.of(JobReason.WAITING_FOR_SLOT, JobReason.INSUFFICIENT_CAPACITY);

    static QueueEntry of(ContainerJob job) {
        var metadata = job.getMetadata();
        var status = job.getStatus();
        var isPending = JobPhases.of(job) == JobPhase.PENDING;
        var isBound = status != null && status.host() != null && JobPhases.bound(job);
        var spec = job.getSpec();
        var isDue = !spec.suspend() && !spec.cancel() && metadata.getDeletionTimestamp() == null;
        return new QueueEntry(
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                spec.priority(),
                Instant.parse(metadata.getCreationTimestamp()),
                isBound || spec.hostRef() != null ? HostKey.of(job).orElse(null) : null,
                spec.hostSelector(),
                isPending && !isBound && isDue && isInLine(job),
                isBound && !JobPhases.finished(job),
                JobRequests.of(status == null ? null : status.effective(), null),
                status == null ? List.of() : status.gpus(),
                status == null ? null : status.startedAt());
    }

    /** Whether a job says that it waits for its turn. */
    static boolean isInLine(ContainerJob job) {
        var reason = job.getStatus() == null ? null : job.getStatus().reason();
        return reason == null ? job.getSpec().startAfter() == null : IN_LINE.contains(reason);
    }

    /** Whether both wait for the same host, or the same choice of hosts. */
    boolean waitsLike(QueueEntry other) {
        if (selector == null || other.selector == null) {
            return selector == other.selector && host != null && host.equals(other.host);
        }
        return selector.equals(other.selector)
                && (!selector.namespaces().isEmpty() || namespace.equals(other.namespace));
    }
}
