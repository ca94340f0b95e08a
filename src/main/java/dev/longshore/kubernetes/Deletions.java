package dev.longshore.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Deletes a resource that is still as it was read. */
public final class Deletions {
    private Deletions() {}

    /**
     * With the resourceVersion that was read: the API server refuses any other.
     *
     * @param empty a new resource of that kind; a whole one would be sent for nothing
     * @throws io.fabric8.kubernetes.client.KubernetesClientException of code 409 if it was changed, of 404 if it is gone
     */
    public static <T extends HasMetadata> void exactly(T resource, T empty, KubernetesClient client) {
        var metadata = resource.getMetadata();
        empty.setMetadata(new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .build());
        client.resource(empty).lockResourceVersion().delete();
    }
}
