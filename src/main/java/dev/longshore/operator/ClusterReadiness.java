package dev.longshore.operator;

import dev.longshore.api.ContainerTemplate;
import dev.longshore.job.ClusterView;
import dev.longshore.job.config.InputsBusy;
import dev.longshore.job.config.TemplateInputs;
import dev.longshore.template.TemplateReadiness;
import java.util.Optional;

/** Whether jobs can start from a template, by what there is in the cluster. */
final class ClusterReadiness implements TemplateReadiness {
    private final ClusterView cluster;
    private final TemplateInputs inputs;

    ClusterReadiness(ClusterView cluster) {
        this.cluster = cluster;
        this.inputs = new TemplateInputs(cluster);
    }

    @Override
    public Optional<NotReady> of(ContainerTemplate template) {
        if (!template.getSpec().active()) {
            return Optional.of(new NotReady("Inactive", "inactive (spec.active: false)"));
        }
        var metadata = template.getMetadata();
        try {
            return cluster.template(metadata.getNamespace(), metadata.getName())
                    .flatMap(inputs::missing)
                    .map(missing -> new NotReady(missing.reason(), missing.message()));
        } catch (InputsBusy e) {
            throw new Later(e.again());
        }
    }
}
