package dev.longshore.cron.engine;

import dev.longshore.api.ContainerJob;
import dev.longshore.cron.times.Schedule;
import java.time.Duration;
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
    /** How long a cache may take: after that the API server is asked. */
    static final Duration OBSERVED_WITHIN = Duration.ofSeconds(5);

    /** A job that is there, and when, by uptime, that was known. */
    private record Unseen(ContainerJob job, Duration at) {}

    /** Jobs that the cache may not have yet, by UID. */
    private final Map<String, Unseen> unseen = new HashMap<>();

    /** No job was created for times up to this one, and the reason was reported. */
    private Instant explained = Instant.MIN;

    /** As it was parsed last: each step of a reconciliation needs it. */
    private Parsed parsed;

    private record Parsed(String text, String timeZone, Schedule schedule) {}

    private CronPlan.Skip reported;
    private Instant refused;
    private Duration refusedUntil;

    /** As {@link Schedule#parse}. */
    Schedule schedule(String text, String timeZone) {
        if (parsed == null || !parsed.text().equals(text) || !parsed.timeZone().equals(timeZone)) {
            parsed = new Parsed(text, timeZone, Schedule.parse(text, timeZone));
        }
        return parsed.schedule();
    }

    /** The jobs of the cache, and those that it does not have yet. */
    List<ContainerJob> with(List<ContainerJob> cached) {
        var known = cached.stream().map(job -> job.getMetadata().getUid()).collect(Collectors.toSet());
        unseen.keySet().removeAll(known);
        var all = new ArrayList<>(cached);
        unseen.values().forEach(one -> all.add(one.job()));
        return all;
    }

    /** Jobs that the cache should have by now: one that is gone before the cache had it never comes. */
    List<ContainerJob> overdue(Duration uptime) {
        return unseen.values().stream()
                .filter(one -> uptime.minus(one.at()).compareTo(OBSERVED_WITHIN) >= 0)
                .map(Unseen::job)
                .toList();
    }

    boolean hasUnseen() {
        return !unseen.isEmpty();
    }

    /** The API server has it. */
    void there(ContainerJob job, Duration uptime) {
        unseen.put(job.getMetadata().getUid(), new Unseen(job, uptime));
    }

    /** It has changed, or is gone. */
    void changed(ContainerJob job) {
        unseen.computeIfPresent(job.getMetadata().getUid(), (uid, before) -> new Unseen(job, before.at()));
    }

    void gone(ContainerJob job) {
        unseen.remove(job.getMetadata().getUid());
    }

    /** The job for this time was refused, or its name is another's; it is tried again by then, by uptime. */
    void refused(Instant time, Duration until) {
        refused = time;
        refusedUntil = until;
    }

    /** For how long that job is not tried again. */
    Optional<Duration> heldBack(Duration uptime) {
        return Optional.ofNullable(refusedUntil)
                .map(until -> until.minus(uptime))
                .filter(left -> !left.isNegative() && !left.isZero());
    }

    /** Whether no job is to be created for this time now: that failed a moment ago. */
    boolean holdsBack(Instant time, Duration uptime) {
        return time.equals(refused) && heldBack(uptime).isPresent();
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
