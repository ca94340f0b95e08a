package dev.longshore.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;
import java.util.Optional;

/** Replaces the status of a resource that is still as it was read. */
public final class StatusUpdates {
    private StatusUpdates() {}

    /**
     * An update of the status alone, with the resourceVersion that was read: the API server refuses any other. The next
     * reconciliation sees it, even if the watch does not tell of it by then.
     *
     * @param changed the resource as it was read, but for its status
     * @return the resource as it is now; nothing if it was changed or deleted meanwhile
     */
    public static <T extends HasMetadata> Optional<T> update(T changed, Context<T> context) {
        // What is left out is nobody else's concern.
        changed.setMetadata(LeftOut.unmarked(changed.getMetadata()));
        try {
            var written = context.getClient().resource(changed).updateStatus();
            TrimmedStore.trim(written);
            context.eventSourceRetriever()
                    .getControllerEventSource()
                    .handleRecentResourceUpdate(ResourceID.fromResource(changed), written, changed);
            return Optional.of(written);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
