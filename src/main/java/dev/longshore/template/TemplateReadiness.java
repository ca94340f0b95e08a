package dev.longshore.template;

import dev.longshore.api.ContainerTemplate;
import java.util.Optional;

/** Whether jobs can start from a template. */
@FunctionalInterface
public interface TemplateReadiness {
    /** Nothing where they can. */
    Optional<NotReady> of(ContainerTemplate template);

    /** @param reason of the Ready condition */
    record NotReady(String reason, String message) {}
}
