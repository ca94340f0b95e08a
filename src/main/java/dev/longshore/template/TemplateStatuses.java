package dev.longshore.template;

import dev.longshore.api.ConditionList;
import dev.longshore.api.ContainerTemplate;
import dev.longshore.api.ContainerTemplateStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Builds the status of a ContainerTemplate. */
final class TemplateStatuses {
    private static final String READY = "Ready";

    private TemplateStatuses() {}

    static ContainerTemplateStatus of(
            ContainerTemplate template, Optional<TemplateReadiness.NotReady> notReady, JobTotals jobs, Instant now) {
        var before = template.getStatus() == null
                ? List.<Condition>of()
                : template.getStatus().conditions();
        var generation = template.getMetadata().getGeneration();
        return new ContainerTemplateStatus(
                new ConditionList(before, generation, now)
                        .add(
                                READY,
                                notReady.isEmpty(),
                                notReady.map(TemplateReadiness.NotReady::reason).orElse(READY),
                                notReady.map(TemplateReadiness.NotReady::message)
                                        .orElse("ready for jobs"))
                        .toList(),
                jobs.jobs(),
                jobs.averageDuration(),
                jobs.lastFinishedAt(),
                generation);
    }

    /** Whether they say the same of the template itself. */
    static boolean differInCountsAlone(ContainerTemplateStatus before, ContainerTemplateStatus now) {
        return before != null
                && before.jobs() != null
                && before.conditions().equals(now.conditions())
                && Objects.equals(before.observedGeneration(), now.observedGeneration());
    }
}
