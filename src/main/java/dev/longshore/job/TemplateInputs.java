package dev.longshore.job;

import dev.longshore.api.ContainerTemplate;
import dev.longshore.kubernetes.LeftOut;
import java.util.Optional;

/** Whether everything is there that a template takes from Secrets and ConfigMaps, by their keys alone. */
public final class TemplateInputs {
    private TemplateInputs() {}

    /** @param reason as a waiting job would have it */
    public record Missing(String reason, String message) {}

    public static Optional<Missing> missing(ContainerTemplate template, ClusterView cluster) {
        var tooLarge =
                EffectiveSize.tooLarge("spec", LeftOut.specBytes(template).orElse(0));
        if (tooLarge.isPresent()) {
            return tooLarge.map(message -> new Missing("TooLarge", message));
        }
        try {
            InputSources.requireAll(template.getSpec(), template.getMetadata().getNamespace(), cluster);
            return Optional.empty();
        } catch (NotYet e) {
            return Optional.of(new Missing(e.reason().word(), e.getMessage()));
        }
    }
}
