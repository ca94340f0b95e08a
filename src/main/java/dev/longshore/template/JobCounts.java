package dev.longshore.template;

import static java.util.Objects.requireNonNull;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.api.StatusFormat;
import io.fabric8.kubernetes.api.model.Condition;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Counts the jobs of each template as they change, without a pass over the others. What a job adds is kept until the job
 * changes or is gone, so that exactly that is taken away again, whatever the job is by then.
 *
 * <p>Threads: any; one lock guards everything, and changes are reported without it. The changes of one job come in order and
 * after the cache has them ({@link dev.longshore.kubernetes.ChangeSource}). So the last one of each job wins, also over what
 * {@link #addAll} read: one that it read too early is followed by the change that it lacks, and one that is gone from the
 * cache, and was reported so, is not read.
 */
public final class JobCounts {
    private static final Set<JobPhase> ENDS = EnumSet.of(JobPhase.COMPLETED, JobPhase.FAILED, JobPhase.CANCELLED);

    private final Map<ResourceID, Share> jobs = new HashMap<>();
    private final Map<ResourceID, TemplateTally> templates = new HashMap<>();
    private final Consumer<ResourceID> changed;

    /**
     * What one job adds to the counts of its template.
     *
     * @param end null: it has not ended
     * @param millis that it ran, if it completed; null: unknown
     * @param finishedAt by our clock: that of the daemons may be another; null: unknown
     */
    record Share(ResourceID template, JobPhase end, Long millis, String finishedAt) {}

    /** @param changed receives each template whose counts have changed; returns at once */
    public JobCounts(Consumer<ResourceID> changed) {
        this.changed = requireNonNull(changed, "changed is null");
    }

    /** A job is there, as it is now. */
    public void changed(ContainerJob job) {
        var affected = new HashSet<ResourceID>();
        synchronized (this) {
            put(job, affected);
        }
        affected.forEach(changed);
    }

    /** A job is gone. */
    public void deleted(ContainerJob job) {
        var affected = new HashSet<ResourceID>();
        synchronized (this) {
            replace(ResourceID.fromResource(job), null, affected);
        }
        affected.forEach(changed);
    }

    /** All jobs of the cache are there, whether or not their changes were delivered by now. */
    public void addAll(Supplier<Stream<ContainerJob>> cached) {
        var affected = new HashSet<ResourceID>();
        synchronized (this) {
            cached.get().forEach(job -> put(job, affected));
        }
        affected.forEach(changed);
    }

    /** What a template's status says of the jobs that exist now. */
    synchronized JobTotals of(ResourceID template) {
        var tally = templates.get(template);
        return tally == null ? JobTotals.NONE : tally.totals();
    }

    private void put(ContainerJob job, Set<ResourceID> affected) {
        replace(ResourceID.fromResource(job), share(job), affected);
    }

    private void replace(ResourceID job, Share now, Set<ResourceID> affected) {
        var before = now == null ? jobs.remove(job) : jobs.put(job, now);
        if (before == null ? now == null : before.equals(now)) {
            return;
        }
        if (before != null) {
            var tally = templates.get(before.template());
            tally.remove(before);
            if (tally.isEmpty()) {
                templates.remove(before.template());
            }
            affected.add(before.template());
        }
        if (now != null) {
            templates
                    .computeIfAbsent(now.template(), template -> new TemplateTally())
                    .add(now);
            affected.add(now.template());
        }
    }

    /** Null for one that has no template, or is being deleted. */
    private static Share share(ContainerJob job) {
        var template = job.getSpec().templateRef();
        if (template == null || job.isMarkedForDeletion()) {
            return null;
        }
        var id = new ResourceID(template.name(), job.getMetadata().getNamespace());
        var status = job.getStatus();
        if (status == null) {
            return new Share(id, null, null, null);
        }
        return new Share(
                id,
                ENDS.contains(status.phase()) ? status.phase() : null,
                status.phase() == JobPhase.COMPLETED ? millis(status.startedAt(), status.finishedAt()) : null,
                finishedAt(job));
    }

    private static Long millis(String from, String until) {
        try {
            return from == null || until == null
                    ? null
                    : (Long) Duration.between(StatusFormat.instant(from), StatusFormat.instant(until))
                            .toMillis();
        } catch (DateTimeException | ArithmeticException e) {
            // Whoever may write statuses wrote it.
            return null;
        }
    }

    private static String finishedAt(ContainerJob job) {
        return job.getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals("Finished")
                        && condition.getStatus().equals("True"))
                .map(Condition::getLastTransitionTime)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
