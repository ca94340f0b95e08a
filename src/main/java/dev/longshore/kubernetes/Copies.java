package dev.longshore.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.config.Cloner;

/**
 * Gives each reconciliation a resource of its own. Specs and statuses are records, which nobody changes; so only what JOSDK
 * changes is copied, the metadata, instead of writing all of it as JSON and reading it again.
 */
public final class Copies implements Cloner {
    @Override
    @SuppressWarnings("unchecked")
    public <R extends HasMetadata> R clone(R resource) {
        if (resource instanceof CustomResource<?, ?> ours) {
            return (R) copy(ours);
        }
        throw new IllegalArgumentException(resource.getKind() + " is not one of ours");
    }

    @SuppressWarnings("unchecked")
    private static <S, T> CustomResource<S, T> copy(CustomResource<S, T> resource) {
        try {
            var copy = (CustomResource<S, T>)
                    resource.getClass().getDeclaredConstructor().newInstance();
            copy.setMetadata(new ObjectMetaBuilder(resource.getMetadata()).build());
            copy.setSpec(resource.getSpec());
            copy.setStatus(resource.getStatus());
            return copy;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
