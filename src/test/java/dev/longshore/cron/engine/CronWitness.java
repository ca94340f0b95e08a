package dev.longshore.cron.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ActiveJob;
import dev.longshore.api.ConcurrencyPolicy;
import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.StatusFormat;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.job.JobPhases;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Sees all that happens to a schedule and its jobs, and says what must not. */
final class CronWitness {
    /** By the schedule's UID, the times whose jobs have started. */
    private final Map<String, Set<Instant>> started = new HashMap<>();

    /** By the job's UID, since which version it is there. */
    private final Map<String, Integer> createdIn = new HashMap<>();

    final CronVersions versions = new CronVersions();

    private final CronApi api;

    CronWitness(CronApi api) {
        this.api = api;
    }

    /** A schedule wants each job that is created for it, for the newest time that is due. */
    void created(ContainerJob job, CronPlanning planning) {
        var time = time(job).orElseThrow();
        createdIn.put(job.getMetadata().getUid(), planning.firstVersion);
        assertThat(versions.from(planning.firstVersion))
                .as("created " + job.getMetadata().getName() + " for " + time + " at " + planning.now())
                .anyMatch(version -> version.wants(time, owner(job), planning.now())
                        && version.spec().jobTemplate().spec().equals(job.getSpec()));
    }

    /** No time has two. */
    void started(ContainerJob job) {
        var time = time(job);
        if (time.isEmpty()) {
            return;
        }
        assertThat(started.computeIfAbsent(owner(job), uid -> new TreeSet<>()).add(time.get()))
                .as(job.getMetadata().getName() + " starts twice")
                .isTrue();
        var since = createdIn.getOrDefault(job.getMetadata().getUid(), 0);
        if (versions.from(since).stream()
                .allMatch(version ->
                        version.spec() != null && version.spec().concurrencyPolicy() == ConcurrencyPolicy.REPLACE)) {
            assertThat(others(job))
                    .as("are replaced by " + job.getMetadata().getName())
                    .allMatch(other -> other.getSpec().cancel());
        }
    }

    /** What is recorded is so for good, and one after the other. */
    void written(ContainerCronJob before, ContainerCronJob after) {
        var last = Timetable.lastScheduled(before).orElse(Instant.MIN);
        assertThat(Timetable.lastScheduled(after).orElse(Instant.MIN))
                .as("lastScheduleTime goes back")
                .isAfterOrEqualTo(last);
        var known =
                before.getStatus() == null ? Set.of() : uids(before.getStatus().active());
        var recorded = uids(after.getStatus().active());
        var added = api.jobs.values().stream()
                .filter(job -> recorded.contains(job.getMetadata().getUid())
                        && !known.contains(job.getMetadata().getUid())
                        && ScheduledJobs.isUnconfirmed(job))
                .toList();
        assertThat(added).as("recorded at once").hasSizeLessThan(2);
        assertThat(api.jobs.values())
                .filteredOn(job -> recorded.contains(job.getMetadata().getUid()))
                .as("recorded")
                .allMatch(job -> ScheduledJobs.isOf(job, after) || after.isMarkedForDeletion());
        for (var job : added) {
            recorded(job, after, last);
        }
    }

    private void recorded(ContainerJob job, ContainerCronJob cron, Instant last) {
        var name = job.getMetadata().getName();
        var observed = cron.getStatus().observedSchedule();
        assertThat(time(job).orElseThrow()).as(name + " is recorded late").isAfter(last);
        if (observed != null) {
            assertThat(time(job).orElseThrow())
                    .as(name + " is of a schedule that is no more")
                    .isAfter(StatusFormat.instant(observed.since()));
        }
        if (cron.getSpec().concurrencyPolicy() == ConcurrencyPolicy.FORBID) {
            assertThat(others(job)).as("are not finished beside " + name).isEmpty();
        }
        assertThat(others(job)).as("are not finished beside " + name).hasSizeLessThan(CronPlanner.MOST_UNFINISHED);
    }

    /** Those of its schedule that may start or have, and are not finished; none that someone asked for by hand. */
    private List<ContainerJob> others(ContainerJob job) {
        var cron = Optional.ofNullable(api.cron);
        return api.unfinished().stream()
                .filter(other -> other != job
                        && !other.getMetadata()
                                .getUid()
                                .equals(job.getMetadata().getUid())
                        && time(other).isPresent()
                        && owner(other).equals(owner(job))
                        && (!ScheduledJobs.isUnconfirmed(other)
                                || cron.filter(it -> CronStatuses.isRecorded(other, it))
                                        .isPresent()))
                .toList();
    }

    private static Set<String> uids(Collection<ActiveJob> jobs) {
        return jobs.stream().map(ActiveJob::uid).collect(Collectors.toSet());
    }

    private static String owner(ContainerJob job) {
        return ScheduledJobs.owner(job).map(owner -> owner.getUid()).orElse("");
    }

    /** The time of a scheduled job. */
    static Optional<Instant> time(ContainerJob job) {
        return Optional.ofNullable(job.getMetadata().getAnnotations().get(ScheduledJobs.SCHEDULED_AT))
                .map(StatusFormat::instant);
    }

    Set<Instant> started(String uid) {
        return started.getOrDefault(uid, Set.of());
    }

    /** Nothing happens any more. */
    void atRest() {
        assertThat(api.jobs.values()).as("wait to be confirmed").noneMatch(ScheduledJobs::isUnconfirmed);
        if (api.cron == null) {
            return;
        }
        var own = api.jobs.values().stream()
                .filter(job -> ScheduledJobs.isOf(job, api.cron))
                .toList();
        var status = api.cron.getStatus();
        assertThat(uids(status.active()))
                .as("active")
                .isEqualTo(own.stream()
                        .filter(job -> !JobPhases.finished(job))
                        .map(job -> job.getMetadata().getUid())
                        .collect(Collectors.toSet()));
        var spec = api.cron.getSpec();
        assertThat(own)
                .as("history")
                .filteredOn(JobPhases::finished)
                .hasSizeLessThanOrEqualTo(spec.successfulJobsHistoryLimit() + spec.failedJobsHistoryLimit());
        assertThat(History.beyond(api.cron, own))
                .as("beyond the history limits")
                .isEmpty();
    }

    /** The next time is known. */
    void nextIsRight(Instant now) {
        if (api.cron == null) {
            return;
        }
        var status = api.cron.getStatus();
        var done = Timetable.lastScheduled(api.cron).orElse(now);
        var since = status.observedSchedule() == null
                ? now
                : StatusFormat.instant(status.observedSchedule().since());
        var from = List.of(now, done, since).stream().max(Instant::compareTo).get();
        var next = api.cron.getSpec().suspend()
                ? null
                : versions.last()
                        .schedule()
                        .flatMap(schedule -> schedule.next(from))
                        .orElse(null);
        assertThat(status.nextScheduleTime())
                .as("nextScheduleTime")
                .isEqualTo(next == null ? null : StatusFormat.time(next));
    }
}
