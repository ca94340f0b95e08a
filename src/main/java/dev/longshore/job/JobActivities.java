package dev.longshore.job;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The activities of all jobs that have any, by UID, and what is heard of their containers. */
final class JobActivities {
    /** What was made ahead and is gone is not made again before. */
    private static final Duration MADE_AGAIN = Duration.ofSeconds(1);

    /** After these a container has to be looked at again; the others change nothing that matters to a job. */
    private static final Set<String> TELLING = Set.of("die", "destroy");

    private final Map<String, JobActivity> activities = new ConcurrentHashMap<>();
    private final Slots slots;
    private final Function<JobKey, Optional<ContainerJob>> jobs;
    private final Consumer<JobKey> poke;
    private final Supplier<Moment> clock;
    private final String instance;

    /** @param jobs those that are known, also where they have no activity */
    JobActivities(
            Slots slots,
            Function<JobKey, Optional<ContainerJob>> jobs,
            Consumer<JobKey> poke,
            Supplier<Moment> clock,
            String instance) {
        this.slots = slots;
        this.jobs = jobs;
        this.poke = poke;
        this.clock = clock;
        this.instance = instance;
    }

    JobActivity of(JobKey key) {
        return activities.computeIfAbsent(key.uid(), uid -> new JobActivity(key));
    }

    /** What is known of a job; nothing of it is kept where there is nothing yet. */
    JobFacts known(JobKey key) {
        var activity = activities.get(key.uid());
        return activity == null ? JobFacts.NONE : activity.facts();
    }

    List<JobKey> jobs() {
        return activities.values().stream().map(JobActivity::job).toList();
    }

    /**
     * Stores a job's status. A write that fails may have been stored all the same, also where a repeated request met a
     * conflict with itself: it is remembered until the cache is past it.
     */
    ContainerJob write(ContainerJob job, ContainerJobStatus status, JobStore store) {
        var activity = of(JobKey.of(job));
        try {
            var written = store.writeStatus(job, status);
            activity.update(
                    facts -> facts.writtenOver().isEmpty() ? facts : facts.with(next -> next.writtenOver(null)));
            return written;
        } catch (RuntimeException e) {
            activity.update(facts -> facts.withWrittenOver(job.getMetadata().getResourceVersion()));
            throw e;
        }
    }

    /** The job, or how it is now where a write of ours may have changed it since; nothing where it is gone. */
    Optional<ContainerJob> latest(ContainerJob job, JobStore store) {
        var key = JobKey.of(job);
        return of(key).facts().mayBeOutdated(job) ? store.read(key) : Optional.of(job);
    }

    /** The job is gone: what is being pulled for it is of no more use. */
    void abandon(JobKey key) {
        var activity = activities.get(key.uid());
        if (activity != null) {
            activity.update(facts -> facts.with(next -> next.abandoned(true)));
        }
    }

    void forget(JobKey key) {
        var activity = activities.remove(key.uid());
        if (activity != null) {
            // Nobody is to follow it any more.
            activity.update(facts -> facts.with(next -> next.container(null).abandoned(true)));
        }
        slots.leave(key.uid());
    }

    /** Drops a finished job's activity once its container is gone and nothing is in progress. */
    void forgetIfDone(JobKey key) {
        activities.computeIfPresent(
                key.uid(),
                (uid, activity) ->
                        activity.facts().inFlight() == null && activity.facts().container() == null ? null : activity);
    }

    /**
     * Slots are taken here, before the host is ready and anything can be started on it. A host is believed about its own
     * only: a container is a job's where that may be on this host; whatever else runs takes a slot of this host alone.
     */
    void found(String host, List<ContainerSnapshot> all) {
        var containers = all.stream()
                .filter(container -> JobLabels.areOf(instance, host, container.labels()))
                .toList();
        var mine = containers.stream().collect(Collectors.partitioningBy(container -> isOfAJob(host, container)));
        mine.get(true).stream()
                .filter(JobActivities::runs)
                .forEach(container ->
                        slots.occupy(host, JobLabels.jobOf(container.labels()).uid()));
        slots.strangers(
                host,
                mine.get(false).stream()
                        .filter(JobActivities::runs)
                        .map(ContainerSnapshot::id)
                        .collect(Collectors.toSet()));
        var listed = mine.get(true).stream()
                .collect(Collectors.toMap(ContainerSnapshot::id, container -> container, (one, other) -> one));
        // What changed unseen: containers that ended, and those that are not there any more.
        activities.values().forEach(activity -> {
            var facts = activity.facts();
            var known = facts.container();
            if (known != null && host.equals(facts.containerOn())) {
                var now = listed.get(known.id());
                if (now == null) {
                    dropPrepared(activity, known.id());
                }
                if (now != null && now.state() != known.state()) {
                    // A job that has ended asks no more, and has it removed as it is now.
                    activity.update(before -> before.isOf(host, now.id()) && before.inFlight() == null
                            ? before.with(next -> next.container(now))
                            : before);
                }
                if (now == null || now.state() != known.state()) {
                    changed(activity);
                }
            }
        });
        mine.get(true).forEach(container -> adopt(host, container));
    }

    private static boolean runs(ContainerSnapshot container) {
        return container.state() == ContainerSnapshot.State.RUNNING;
    }

    private boolean isOfAJob(String host, ContainerSnapshot container) {
        var key = JobLabels.jobOf(container.labels());
        return known(key).isOf(host, container.id())
                || jobs.apply(key).filter(job -> HostKey.mayBe(job, host)).isPresent();
    }

    /** A container that this process has not heard of: of a job from before a restart, finished or not. */
    private void adopt(String host, ContainerSnapshot container) {
        var job = JobLabels.jobOf(container.labels());
        var before = of(job).facts();
        var after = of(job).update(facts -> facts.inFlight() == null && isNewer(container, facts.container())
                ? facts.with(next -> next.container(container)
                        .containerOn(host)
                        .logs(null)
                        .absent(false)
                        .stale(true))
                : facts);
        if (before.container() == null && after.container() != null) {
            poke.accept(job);
        }
    }

    private static boolean isNewer(ContainerSnapshot found, ContainerSnapshot known) {
        return known == null || JobLabels.attemptOf(found.labels()) > JobLabels.attemptOf(known.labels());
    }

    /** @param subscription by which it was heard */
    void changed(String host, ContainerEvent event, long subscription) {
        if (!JobLabels.areOf(instance, host, event.labels())) {
            return;
        }
        var known = activities.get(JobLabels.jobOf(event.labels()).uid());
        if (known != null && known.facts().concern(host, event.container())) {
            known.update(facts -> facts.with(
                    next -> next.history(ContainerHistory.after(facts.history(), host, event, subscription))));
        }
        if (!TELLING.contains(event.action())) {
            return;
        }
        slots.noStranger(host, event.container());
        var activity = activities.get(JobLabels.jobOf(event.labels()).uid());
        if (activity == null || !activity.facts().concern(host, event.container())) {
            return;
        }
        if (event.action().equals("destroy")) {
            dropPrepared(activity, event.container());
        }
        // Its slot is given on once its end was looked at: until then the daemon takes its network down, and a start at
        // the same time would take twice as long and keep the result waiting.
        changed(activity);
    }

    /** Someone removed what was made ahead: it has to be made again, not started. */
    private void dropPrepared(JobActivity activity, String id) {
        // Not at once: two operators that each make their own would do nothing else.
        var again = clock.get().uptime().plus(MADE_AGAIN);
        activity.update(facts -> {
            if (facts.prepared() == null || !facts.prepared().container().id().equals(id)) {
                return facts;
            }
            var byOurselves = facts.inFlight() == Operation.Kind.REMOVE;
            return facts.with(
                    next -> next.prepared(null).container(null).retryAt(byOurselves ? facts.retryAt() : again));
        });
    }

    private void changed(JobActivity activity) {
        activity.update(facts -> facts.with(next -> next.stale(true)));
        poke.accept(activity.job());
    }
}
