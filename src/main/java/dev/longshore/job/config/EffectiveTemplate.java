package dev.longshore.job.config;

import dev.longshore.api.ContainerJobSpec;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.EnvVar;
import dev.longshore.api.ResourceList;
import dev.longshore.api.Resources;
import dev.longshore.job.policy.ResourceLimits;
import java.util.LinkedHashMap;
import java.util.List;

/** A template with a job's overrides applied. */
public final class EffectiveTemplate {
    private EffectiveTemplate() {}

    public static ContainerTemplateSpec of(ContainerTemplateSpec template, ContainerJobSpec job) {
        var effective = ContainerTemplateSpecBuilder.builder(template);
        if (!job.command().isEmpty()) {
            effective.command(job.command());
        }
        if (!job.args().isEmpty()) {
            effective.args(job.args());
        }
        if (job.workingDir() != null) {
            effective.workingDir(job.workingDir());
        }
        if (job.timeoutSeconds() != null) {
            effective.timeoutSeconds(job.timeoutSeconds());
        }
        if (job.retry() != null) {
            effective.retry(job.retry());
        }
        if (job.ttlSecondsAfterFinished() != null) {
            effective.ttlSecondsAfterFinished(job.ttlSecondsAfterFinished());
        }
        return effective
                .env(mergeEnv(template.env(), job.env()))
                .resources(mergeLimits(template.resources(), job.resources()))
                .build();
    }

    private static List<EnvVar> mergeEnv(List<EnvVar> template, List<EnvVar> job) {
        var merged = new LinkedHashMap<String, EnvVar>();
        template.forEach(variable -> merged.put(variable.name(), variable));
        job.forEach(variable -> merged.put(variable.name(), variable));
        return List.copyOf(merged.values());
    }

    private static Resources mergeLimits(Resources template, Resources job) {
        var ours = ResourceLimits.requested(template);
        var theirs = ResourceLimits.requested(job);
        if (theirs == null) {
            return template;
        }
        if (ours == null) {
            return job;
        }
        return new Resources(new ResourceList(
                theirs.cpu() != null ? theirs.cpu() : ours.cpu(),
                theirs.memory() != null ? theirs.memory() : ours.memory()));
    }
}
