package dev.longshore.api;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Takes Kubernetes Events. Returns at once; an Event that cannot be stored is dropped. */
@FunctionalInterface
public interface EventSink {
    /** How much an Event matters. */
    enum Type {
        NORMAL,
        WARNING
    }

    void record(HasMetadata regarding, Type type, String reason, String message);
}
