package dev.longshore.cron.engine;

import dev.longshore.api.ContainerJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What this process knows of a schedule beside the resources: after a restart it is gone, and is not needed. Used by one thread
 * at a time, which reconciles the schedule.
 */
final class CronMemory {
    /** Jobs that it created and the cache may not have yet, by UID. */
    private final Map<String, ContainerJob> created = new HashMap<>();

    /** No job was created for times up to this one, and the reason was reported. */
    private Instant explained = Instant.MIN;

    private CronPlan.Skip reported;

    /** The jobs of the cache, and those that it does not have yet. */
    List<ContainerJob> with(List<ContainerJob> cached) {
        var known = cached.stream().map(job -> job.getMetadata().getUid()).collect(Collectors.toSet());
        created.keySet().removeAll(known);
        var all = new ArrayList<>(cached);
        all.addAll(created.values());
        return all;
    }

    void created(ContainerJob job) {
        created.put(job.getMetadata().getUid(), job);
    }

    /** It has changed, or is gone. */
    void changed(ContainerJob job) {
        created.computeIfPresent(job.getMetadata().getUid(), (uid, before) -> job);
    }

    void gone(ContainerJob job) {
        created.remove(job.getMetadata().getUid());
    }

    /** Whether the name for this time is another's. */
    boolean isTaken(Instant time) {
        return reported != null
                && reported.why() == CronPlan.Skip.Why.NAME_TAKEN
                && reported.time().equals(time);
    }

    Instant explained() {
        return explained;
    }

    void explained(Instant upTo) {
        explained = upTo.isAfter(explained) ? upTo : explained;
    }

    /** Whether that is new. */
    boolean report(CronPlan.Skip skip) {
        if (Optional.ofNullable(reported)
                .filter(last -> last.time().equals(skip.time()) && last.why() == skip.why())
                .isPresent()) {
            return false;
        }
        reported = skip;
        return true;
    }
}
