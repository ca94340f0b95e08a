package dev.longshore.kubernetes;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceAction;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Enqueues resources of a controller's own kind. What it sends is taken for a change of the resource: the framework ignores any
 * other event of one that it has no state of, such as one created while the deletion of another of that name is handled.
 */
public final class EnqueuedSource<P extends HasMetadata> extends AbstractEventSource<Void, P> {
    private final Function<ResourceID, Optional<P>> cached;

    /** @param cached a resource as the cache has it */
    public EnqueuedSource(Class<P> kind, Function<ResourceID, Optional<P>> cached) {
        super(Void.class, "enqueued-" + requireNonNull(kind, "kind is null").getSimpleName());
        this.cached = requireNonNull(cached, "cached is null");
    }

    /** From any thread. */
    public void enqueue(ResourceID id) {
        if (isRunning()) {
            getEventHandler()
                    .handleEvent(cached.apply(id)
                            .<Event>map(resource -> new ResourceEvent(ResourceAction.UPDATED, id, resource))
                            .orElseGet(() -> new Event(id)));
        }
    }

    @Override
    public Set<Void> getSecondaryResources(P primary) {
        return Set.of();
    }
}
