package dev.longshore.job;

import dev.longshore.api.ContainerTemplate;
import java.util.Optional;

/** Whether everything is there that a template takes from Secrets and ConfigMaps. */
public final class TemplateInputs {
    private TemplateInputs() {}

    /** @param reason as a waiting job would have it */
    public record Missing(String reason, String message) {}

    public static Optional<Missing> missing(ContainerTemplate template, ClusterView cluster) {
        try {
            InputResolver.resolve(template.getSpec(), template.getMetadata().getNamespace(), cluster);
            return Optional.empty();
        } catch (NotYet e) {
            return Optional.of(new Missing(e.reason().word(), e.getMessage()));
        } catch (IllegalArgumentException e) {
            // Unreadable credentials: a job that uses them says so.
            return Optional.empty();
        }
    }
}
