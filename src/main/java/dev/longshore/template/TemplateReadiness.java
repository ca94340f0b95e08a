package dev.longshore.template;

import dev.longshore.api.ContainerTemplate;
import java.time.Duration;
import java.util.Optional;

/** Whether jobs can start from a template. */
@FunctionalInterface
public interface TemplateReadiness {
    /**
     * Nothing where they can.
     *
     * @throws Later where that cannot be found out now
     */
    Optional<NotReady> of(ContainerTemplate template);

    /** @param reason of the Ready condition */
    record NotReady(String reason, String message) {}

    /** It is to be asked again. */
    final class Later extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Duration again;

        public Later(Duration again) {
            super("readiness not known yet", null, false, false);
            this.again = again;
        }

        Duration again() {
            return again;
        }
    }
}
