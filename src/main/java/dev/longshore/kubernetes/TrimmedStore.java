package dev.longshore.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;

/**
 * A cache without what reconciling never reads: who manages which field, and the manifest that kubectl keeps beside it. An
 * update that does not send them leaves them as they are.
 */
public final class TrimmedStore<T extends HasMetadata> extends BasicItemStore<T> {
    /** Resources in the first answer of the API server: {@link BoundedPages} asks for fewer or more after that. */
    public static final long LIST_LIMIT = BoundedPages.FIRST;

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final Consumer<T> trimmer;

    /** @param trimmer takes away what is large of this kind; the resource is nobody else's yet */
    public TrimmedStore(Consumer<T> trimmer) {
        super(Cache::metaNamespaceKeyFunc);
        this.trimmer = trimmer;
    }

    @Override
    public T put(String key, T resource) {
        trim(resource);
        trimmer.accept(resource);
        return super.put(key, resource);
    }

    static void trim(HasMetadata resource) {
        var metadata = resource.getMetadata();
        metadata.setManagedFields(List.of());
        if (metadata.getAnnotations() != null && metadata.getAnnotations().containsKey(LAST_APPLIED)) {
            var others = new LinkedHashMap<>(metadata.getAnnotations());
            others.remove(LAST_APPLIED);
            metadata.setAnnotations(others);
        }
    }
}
