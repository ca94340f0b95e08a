package dev.longshore.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a finalizer on a resource that is still as it was read, or takes it off. */
public final class Finalizers {
    private static final PatchContext JSON_PATCH = PatchContext.of(PatchType.JSON);
    private static final String FINALIZERS = "/metadata/finalizers";

    private Finalizers() {}

    /**
     * A patch of this one entry, with the resourceVersion that was read: the API server refuses any other.
     *
     * @return the resource as it is now, without what caches do not keep; nothing if it was changed or deleted meanwhile
     */
    @SuppressWarnings("unchecked")
    public static <T extends HasMetadata> Optional<T> set(
            T resource, String finalizer, boolean present, Context<T> context) {
        var metadata = resource.getMetadata();
        var all = metadata.getFinalizers();
        var patch = new ArrayList<Map<String, Object>>();
        patch.add(step("add", "/metadata/resourceVersion", metadata.getResourceVersion()));
        if (!present) {
            // By its place: of others the cache may not have the names.
            patch.add(Map.of("op", "remove", "path", FINALIZERS + "/" + all.indexOf(finalizer)));
        } else if (all.isEmpty()) {
            patch.add(step("add", FINALIZERS, List.of(finalizer)));
        } else {
            patch.add(step("add", FINALIZERS + "/-", finalizer));
        }
        try {
            var written = (T) context.getClient()
                    .resources(resource.getClass())
                    .inNamespace(metadata.getNamespace())
                    .withName(metadata.getName())
                    .patch(JSON_PATCH, Serialization.asJson(patch));
            TrimmedStore.trim(written);
            if (!written.isMarkedForDeletion()) {
                context.eventSourceRetriever()
                        .getControllerEventSource()
                        .handleRecentResourceUpdate(ResourceID.fromResource(written), written, resource);
            }
            return Optional.of(written);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Map<String, Object> step(String op, String path, Object value) {
        return Map.of("op", op, "path", path, "value", value);
    }
}
