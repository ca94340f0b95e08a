package dev.longshore.client;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.cron.ScheduledJobs;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Statistics of the jobs of a template or of a schedule.
 *
 * @param template empty for jobs with an inline template; null if they are of a schedule
 * @param schedule the name of the ContainerCronJob; null if they are of a template
 * @param total the finished ones and the others
 * @param successRate the completed ones of those that finished, 0 to 1 with four digits; null where none has
 * @param averageSeconds of completed jobs from start to end, to the millisecond; null without any
 * @param p95Seconds the shortest time that 95 of 100 completed jobs did not exceed; null without any
 * @param usage null if not requested
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@JsonPropertyOrder({
    "namespace",
    "template",
    "schedule",
    "total",
    "completed",
    "failed",
    "cancelled",
    "successRate",
    "averageSeconds",
    "p95Seconds",
    "usage"
})
public record JobStats(
        String namespace,
        @JsonInclude(JsonInclude.Include.NON_NULL) String template,
        @JsonInclude(JsonInclude.Include.NON_NULL) String schedule,
        int total,
        int completed,
        int failed,
        int cancelled,
        Double successRate,
        Double averageSeconds,
        Double p95Seconds,
        @JsonInclude(JsonInclude.Include.NON_NULL) UsageStats usage) {
    private static final double PERCENTILE = 0.95;

    /** What the jobs of one row have in common. */
    public enum By {
        TEMPLATE(Outcome::template),
        SCHEDULE(Outcome::schedule);

        private final Function<Outcome, String> name;

        By(Function<Outcome, String> name) {
            this.name = name;
        }

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What counts of one job.
     *
     * @param schedule the name of the one whose job it is; null if it is none's
     * @param millis from start to end; null where it did not run to an end
     * @param use null if there is none
     */
    public record Outcome(String namespace, String template, String schedule, JobPhase phase, Long millis, JobUse use) {
        public static Outcome of(ContainerJob job) {
            var template = job.getSpec().templateRef();
            var millis = millis(job);
            return new Outcome(
                    job.getMetadata().getNamespace(),
                    template == null ? "" : template.name(),
                    ScheduledJobs.owner(job).map(OwnerReference::getName).orElse(null),
                    JobPhases.of(job),
                    millis,
                    JobUse.of(job, millis));
        }

        private static Long millis(ContainerJob job) {
            var status = job.getStatus();
            if (status == null || status.startedAt() == null || status.finishedAt() == null) {
                return null;
            }
            var ran = Duration.between(Instant.parse(status.startedAt()), Instant.parse(status.finishedAt()));
            // For a container that exits at once, a daemon may report that it ended before it started.
            return Math.max(0, ran.toMillis());
        }
    }

    /** One for each, ordered by namespace and name; by schedule, jobs that are of none do not count. */
    public static List<JobStats> of(By by, Collection<Outcome> outcomes) {
        record Key(String namespace, String name) {}
        return outcomes.stream()
                .filter(outcome -> by.name.apply(outcome) != null)
                .collect(groupingBy(
                        outcome -> new Key(outcome.namespace(), by.name.apply(outcome)),
                        () -> new TreeMap<>(Comparator.comparing(Key::namespace).thenComparing(Key::name)),
                        toList()))
                .entrySet()
                .stream()
                .map(entry -> of(by, entry.getKey().namespace(), entry.getKey().name(), entry.getValue()))
                .toList();
    }

    /**
     * Of one.
     *
     * @param name of the template or schedule
     */
    public static JobStats of(By by, String namespace, String name, List<Outcome> outcomes) {
        var completed = count(outcomes, JobPhase.COMPLETED);
        var failed = count(outcomes, JobPhase.FAILED);
        var canceled = count(outcomes, JobPhase.CANCELLED);
        var finished = completed + failed + canceled;
        var millis = outcomes.stream()
                .filter(outcome -> outcome.phase() == JobPhase.COMPLETED && outcome.millis() != null)
                .map(Outcome::millis)
                .sorted()
                .toList();
        return new JobStats(
                namespace,
                by == By.TEMPLATE ? name : null,
                by == By.SCHEDULE ? name : null,
                outcomes.size(),
                completed,
                failed,
                canceled,
                finished == 0 ? null : Math.round(10_000.0 * completed / finished) / 10_000.0,
                average(millis),
                percentile(millis),
                UsageStats.of(outcomes.stream()
                        .map(Outcome::use)
                        .filter(Objects::nonNull)
                        .toList()));
    }

    /** The same without usage. */
    public JobStats withoutUsage() {
        return new JobStats(
                namespace,
                template,
                schedule,
                total,
                completed,
                failed,
                cancelled,
                successRate,
                averageSeconds,
                p95Seconds,
                null);
    }

    private static int count(List<Outcome> outcomes, JobPhase phase) {
        return (int)
                outcomes.stream().filter(outcome -> outcome.phase() == phase).count();
    }

    private static Double average(List<Long> millis) {
        var average = millis.stream().mapToLong(Long::longValue).average();
        return average.isEmpty() ? null : Math.round(average.getAsDouble()) / 1000.0;
    }

    /** By nearest rank: one of the times themselves. */
    private static Double percentile(List<Long> sorted) {
        return sorted.isEmpty() ? null : sorted.get((int) Math.ceil(PERCENTILE * sorted.size()) - 1) / 1000.0;
    }
}
