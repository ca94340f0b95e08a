package dev.longshore.api;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Records Kubernetes Events. Does not block; an Event that cannot be stored is dropped. */
@FunctionalInterface
public interface EventSink {
    /** Type of an Event. */
    enum Type {
        NORMAL,
        WARNING
    }

    void record(HasMetadata regarding, Type type, String reason, String message);
}
