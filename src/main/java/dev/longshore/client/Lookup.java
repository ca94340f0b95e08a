package dev.longshore.client;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Resources by their names. */
public final class Lookup {
    private Lookup() {}

    /**
     * A resource that has to be there.
     *
     * @param namespace null for the client's
     * @throws IllegalArgumentException if it is not, with the nearest name that is
     */
    public static <T extends HasMetadata> T find(
            KubernetesClient client, Class<T> kind, String namespace, String name) {
        var where = namespace == null ? client.getNamespace() : namespace;
        var resources = client.resources(kind).inNamespace(where);
        var found = resources.withName(name).get();
        if (found != null) {
            return found;
        }
        // Fails itself where the kind is not there.
        var names = resources.list().getItems().stream()
                .map(other -> other.getMetadata().getName())
                .toList();
        throw new IllegalArgumentException("there is no " + HasMetadata.getKind(kind) + " " + name
                + " in the namespace " + where + Nearest.question(name, names));
    }
}
