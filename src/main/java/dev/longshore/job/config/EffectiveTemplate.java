package dev.longshore.job.config;

import dev.longshore.api.ContainerJobSpec;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.EnvVar;
import dev.longshore.api.ResourceList;
import dev.longshore.api.ResourceOverrides;
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

    /** The limits of a job override those of its template, each for itself; requests are the template's. */
    private static Resources mergeLimits(Resources template, ResourceOverrides job) {
        var theirs = job == null ? null : job.limits();
        if (theirs == null) {
            return template;
        }
        var ours = ResourceLimits.requested(template);
        var requests = template == null ? null : template.requests();
        if (ours == null) {
            return new Resources(theirs, requests);
        }
        return new Resources(
                new ResourceList(
                        theirs.cpu() != null ? theirs.cpu() : ours.cpu(),
                        theirs.memory() != null ? theirs.memory() : ours.memory()),
                requests);
    }
}
