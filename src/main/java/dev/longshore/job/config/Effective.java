package dev.longshore.job.config;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.JobReason;
import dev.longshore.job.Blocked;
import dev.longshore.job.BlockedOr;
import dev.longshore.job.ClusterView;
import dev.longshore.kubernetes.LeftOut;
import java.util.Optional;

/** What a job runs with: its template and overrides, bounded in size. */
public final class Effective {
    private Effective() {}

    /**
     * Fixed by the first attempt, whatever its size; until then the template as it is now.
     *
     * @throws TooLarge where it is larger than a job may be
     */
    public static BlockedOr<ContainerTemplateSpec> of(ContainerJob job, ClusterView cluster) {
        if (job.getStatus() != null && job.getStatus().effective() != null) {
            return BlockedOr.of(job.getStatus().effective());
        }
        requireSize(
                EffectiveSize.tooLarge("the job's spec", LeftOut.specBytes(job).orElse(0)));
        if (job.getSpec().template() != null) {
            return of(job, job.getSpec().template(), "spec.template");
        }
        var namespace = job.getMetadata().getNamespace();
        var name = job.getSpec().templateRef().name();
        var full = "ContainerTemplate " + namespace + "/" + name;
        var template = cluster.template(namespace, name);
        if (template.isEmpty()) {
            return BlockedOr.blocked(new Blocked.Unmet(JobReason.TEMPLATE_NOT_FOUND, full + " not found"));
        }
        requireSize(
                EffectiveSize.tooLarge(full, LeftOut.specBytes(template.get()).orElse(0)));
        return of(job, template.get().getSpec(), full);
    }

    private static BlockedOr<ContainerTemplateSpec> of(ContainerJob job, ContainerTemplateSpec template, String name) {
        return template.active()
                ? BlockedOr.of(sized(template, job))
                : BlockedOr.blocked(
                        new Blocked.Unmet(JobReason.TEMPLATE_INACTIVE, name + " is inactive (spec.active: false)"));
    }

    private static ContainerTemplateSpec sized(ContainerTemplateSpec template, ContainerJob job) {
        var effective = EffectiveTemplate.of(template, job.getSpec());
        requireSize(EffectiveSize.tooLarge(effective));
        return effective;
    }

    private static void requireSize(Optional<String> tooLarge) {
        if (tooLarge.isPresent()) {
            throw new TooLarge(tooLarge.get());
        }
    }

    /** It will never run. */
    public static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge(String message) {
            super(message, null, false, false);
        }
    }
}
