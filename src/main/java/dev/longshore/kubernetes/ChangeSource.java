package dev.longshore.kubernetes;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Delivers each change of a controller's own kind after the cache has it, also one that causes no reconciliation; it causes
 * none itself. Of one resource the changes come in order and one at a time, by a thread of the informer of its namespace.
 */
public final class ChangeSource<P extends HasMetadata> extends AbstractEventSource<Void, P>
        implements ResourceEventAware<P> {
    private final Consumer<P> changed;
    private final Consumer<P> deleted;

    /**
     * @param changed receives a resource that is there, as it is now; it may be another of that name
     * @param deleted receives one that is not
     */
    public ChangeSource(Class<P> kind, Consumer<P> changed, Consumer<P> deleted) {
        super(Void.class, "changes-" + requireNonNull(kind, "kind is null").getSimpleName());
        this.changed = requireNonNull(changed, "changed is null");
        this.deleted = requireNonNull(deleted, "deleted is null");
    }

    @Override
    public void onResourceCreated(P resource) {
        changed.accept(resource);
    }

    @Override
    public void onResourceUpdated(P now, P before) {
        changed.accept(now);
    }

    @Override
    public void onResourceDeleted(P resource) {
        deleted.accept(resource);
    }

    @Override
    public Set<Void> getSecondaryResources(P primary) {
        return Set.of();
    }
}
