package dev.longshore.cron.engine;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.job.JobPhases;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What an operator has been told of the API server so far: events of one kind come in order, those of two kinds do not. */
final class CronCache {
    private record Late(Instant at, Runnable event) {}

    private final Map<String, ContainerJob> jobs = new LinkedHashMap<>();
    private final Deque<Late> jobEvents = new ArrayDeque<>();
    private final Deque<Late> cronEvents = new ArrayDeque<>();
    private ContainerCronJob cron;
    private boolean changed;

    /** A list of all that there is. */
    static CronCache of(CronApi api) {
        var cache = new CronCache();
        cache.cron = api.cron;
        cache.jobs.putAll(api.jobs);
        cache.changed = true;
        return cache;
    }

    /** Another process goes on with it. */
    CronCache handOver() {
        changed = true;
        return this;
    }

    void cron(ContainerCronJob next, Instant at) {
        add(cronEvents, at, () -> {
            // Of its own writes the framework says nothing; that of others' is said is no help.
            changed |= next == null || cron == null || !next.getSpec().equals(cron.getSpec());
            cron = next;
        });
    }

    void job(ContainerJob job, Instant at) {
        add(jobEvents, at, () -> {
            jobs.put(job.getMetadata().getName(), job);
            changed |= ScheduledJobs.isUnconfirmed(job) || JobPhases.finished(job) || job.isMarkedForDeletion();
        });
    }

    void gone(ContainerJob job, Instant at) {
        add(jobEvents, at, () -> {
            jobs.remove(job.getMetadata().getName());
            changed = true;
        });
    }

    private static void add(Deque<Late> events, Instant at, Runnable event) {
        var last = events.peekLast();
        events.add(new Late(last == null || last.at().isBefore(at) ? at : last.at(), event));
    }

    /** The events that have come by now. */
    void deliver(Instant now) {
        for (var events : List.of(cronEvents, jobEvents)) {
            while (!events.isEmpty() && !events.peek().at().isAfter(now)) {
                events.remove().event().run();
            }
        }
    }

    Optional<Instant> nextEvent() {
        return Stream.of(cronEvents, jobEvents)
                .filter(events -> !events.isEmpty())
                .map(events -> events.peek().at())
                .min(Instant::compareTo);
    }

    /** Whether there is something to do since this was last asked. */
    boolean hasChanged() {
        var has = changed;
        changed = false;
        return has;
    }

    Optional<ContainerCronJob> cron() {
        return Optional.ofNullable(cron);
    }

    Collection<ContainerJob> jobs() {
        return List.copyOf(jobs.values());
    }
}
