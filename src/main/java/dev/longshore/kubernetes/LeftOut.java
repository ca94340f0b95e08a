package dev.longshore.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Says of a resource in a cache that it is not all of it. The mark is where annotations are, of which the cache keeps none;
 * the API server accepts no name with a space, so nobody else can set it.
 */
public final class LeftOut {
    private static final String SPEC_BYTES = "spec bytes";
    private static final String UNREADABLE = "unreadable";

    private LeftOut() {}

    /** Too large to be kept: there is no more of it than what finds it and cleans it up. */
    public static void markStub(HasMetadata resource, long specBytes) {
        resource.getMetadata().setAnnotations(Map.of(SPEC_BYTES, Long.toString(specBytes)));
    }

    static void markUnreadable(HasMetadata resource) {
        resource.getMetadata().setAnnotations(Map.of(UNREADABLE, "true"));
    }

    /** The size of the spec as JSON, of a resource that is a stub. */
    public static OptionalLong specBytes(HasMetadata resource) {
        var marks = resource.getMetadata().getAnnotations();
        return marks == null || !marks.containsKey(SPEC_BYTES)
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(marks.get(SPEC_BYTES)));
    }

    public static boolean isStub(HasMetadata resource) {
        return specBytes(resource).isPresent();
    }

    /** Whether there is nothing of it but its metadata, since the rest could not be understood. */
    public static boolean isUnreadable(HasMetadata resource) {
        var marks = resource.getMetadata().getAnnotations();
        return marks != null && marks.containsKey(UNREADABLE);
    }
}
