package dev.longshore.client;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.cron.ScheduledJobs;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Selects jobs. The API server filters by phase, template and hostRef, and returns pages. It can filter neither by the host
 * that a hostSelector led to nor by age or owner: these are filtered here, a page at a time.
 *
 * @param namespace null for all
 * @param phases empty for all
 * @param template null for all, those with a template of their own among them
 * @param host null for all
 * @param labels as kubectl's {@code -l} takes them; null for all
 * @param since of creation; null for all
 * @param owners UIDs of the schedules whose jobs are meant; null for all
 */
@RecordBuilder
public record JobQuery(
        String namespace,
        Set<JobPhase> phases,
        String template,
        HostPattern host,
        String labels,
        Instant since,
        Set<String> owners) {
    public JobQuery {
        phases = phases == null ? Set.of() : Set.copyOf(phases);
        owners = owners == null ? null : Set.copyOf(owners);
    }

    /**
     * The view of each job, ordered by namespace and name for each way that a job gets to a host.
     *
     * @throws IllegalArgumentException if the labels are not a selector
     */
    public <T> List<T> list(KubernetesClient client, Function<ContainerJob, T> view) {
        if (host == null) {
            return list(client, selectors(), job -> true, view);
        }
        var found = list(client, selectors("spec.hostRef.name=" + escaped(host.name())), host::isNamedBy, view);
        found.addAll(list(client, selectors("spec.hostRef.name="), host::holds, view));
        return found;
    }

    private <T> List<T> list(
            KubernetesClient client, String selectors, Predicate<ContainerJob> filter, Function<ContainerJob, T> view) {
        return Pages.list(client, ContainerJob.class, namespace, labels, selectors, filter.and(this::isSelected), view);
    }

    private boolean isSelected(ContainerJob job) {
        return (since == null || !created(job).isBefore(since)) && (owners == null || isOwned(job));
    }

    private boolean isOwned(ContainerJob job) {
        return ScheduledJobs.owner(job)
                .filter(owner -> owners.contains(owner.getUid()))
                .isPresent();
    }

    /** Field selectors support "and" and "not" but no "or": the other phases are excluded. */
    String selectors(String... more) {
        var selectors = new ArrayList<>(Arrays.asList(more));
        if (template != null) {
            selectors.add("spec.templateRef.name=" + escaped(template));
        }
        if (!phases.isEmpty()) {
            Arrays.stream(JobPhase.values())
                    .filter(phase -> !phases.contains(phase))
                    .forEach(phase -> selectors.add("status.phase!=" + phase));
            if (!phases.contains(JobPhase.PENDING)) {
                // A job that no operator has reconciled has no phase yet, and is pending.
                selectors.add("status.phase!=");
            }
        }
        return selectors.isEmpty() ? null : String.join(",", selectors);
    }

    private static String escaped(String value) {
        return value.replaceAll("([\\\\,=])", "\\\\$1");
    }

    private static Instant created(ContainerJob job) {
        return Instant.parse(job.getMetadata().getCreationTimestamp());
    }
}
