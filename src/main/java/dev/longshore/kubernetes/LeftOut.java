package dev.longshore.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Says of a resource in a cache that it is not all of it. The mark is a field of its metadata that Kubernetes does not know: the
 * API server stores none, so nobody else can set it, and it stays where the client copies a resource by way of JSON.
 */
public final class LeftOut {
    private static final String SPEC_BYTES = "longshoreSpecBytes";
    private static final String UNREADABLE = "longshoreUnreadable";

    private LeftOut() {}

    /** Too large to be kept: there is no more of it than what finds it and cleans it up. */
    public static void markStub(HasMetadata resource, long specBytes) {
        resource.getMetadata().setAdditionalProperty(SPEC_BYTES, Long.toString(specBytes));
    }

    static void markUnreadable(HasMetadata resource) {
        resource.getMetadata().setAdditionalProperty(UNREADABLE, true);
    }

    /** As it is of a resource of which nothing is left out. */
    public static ObjectMeta unmarked(ObjectMeta metadata) {
        return new ObjectMetaBuilder(metadata)
                .withAdditionalProperties(Map.of())
                .build();
    }

    /** The size of the spec as JSON, of a resource that is a stub. */
    public static OptionalLong specBytes(HasMetadata resource) {
        return resource.getMetadata().getAdditionalProperties().get(SPEC_BYTES) instanceof String bytes
                ? OptionalLong.of(Long.parseLong(bytes))
                : OptionalLong.empty();
    }

    public static boolean isStub(HasMetadata resource) {
        return specBytes(resource).isPresent();
    }

    /** Whether there is nothing of it but its metadata, since the rest could not be understood. */
    public static boolean isUnreadable(HasMetadata resource) {
        return resource.getMetadata().getAdditionalProperties().containsKey(UNREADABLE);
    }
}
