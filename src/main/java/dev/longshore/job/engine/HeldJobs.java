package dev.longshore.job.engine;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobPhases;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The jobs that name a host and wait for the host itself, such as for the end of a cordon: they ask for no slot, and are
 * part of its queue all the same. Those with a selector wait on the hosts where they could run now, and so on none of
 * these. Each method may be called from any thread; changes are reported without the lock.
 */
final class HeldJobs {
    private static final Set<JobReason> BY_THE_HOST =
            EnumSet.of(JobReason.HOST_INACTIVE, JobReason.HOST_UNREACHABLE, JobReason.HOST_REFUSED);

    private final Map<String, HostKey> hostOf = new HashMap<>();
    private final Map<HostKey, Set<String>> on = new HashMap<>();
    private final Consumer<HostKey> changed;

    HeldJobs(Consumer<HostKey> changed) {
        this.changed = changed;
    }

    /** Takes the job's current status. */
    void observed(ContainerJob job) {
        move(job.getMetadata().getUid(), host(job));
    }

    void forget(JobKey job) {
        move(job.uid(), null);
    }

    /** Their UIDs. */
    synchronized List<String> on(HostKey host) {
        return List.copyOf(on.getOrDefault(host, Set.of()));
    }

    private static HostKey host(ContainerJob job) {
        var status = job.getStatus();
        return status == null
                        || JobPhases.of(job) != JobPhase.PENDING
                        || job.isMarkedForDeletion()
                        || !BY_THE_HOST.contains(status.reason())
                ? null
                : HostKey.of(job).orElse(null);
    }

    private void move(String uid, HostKey to) {
        HostKey from;
        synchronized (this) {
            from = to == null ? hostOf.remove(uid) : hostOf.put(uid, to);
            if (Objects.equals(from, to)) {
                return;
            }
            if (from != null) {
                var left = on.get(from);
                left.remove(uid);
                if (left.isEmpty()) {
                    on.remove(from);
                }
            }
            if (to != null) {
                on.computeIfAbsent(to, host -> new LinkedHashSet<>()).add(uid);
            }
        }
        if (from != null) {
            changed.accept(from);
        }
        if (to != null) {
            changed.accept(to);
        }
    }
}
