package dev.longshore.docker.dockerjava;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The labels that Longshore itself puts on containers. Only they are kept of a daemon's answers: Docker adds an image's
 * labels to those of its containers, to their lists and to each of their events, as many and as long as whoever made the
 * image likes. They go by exact names, since an image may have others with the same prefix.
 */
public final class OwnLabels {
    private static final String GPUS = "longshore.dev/gpus";

    public static final Set<String> NAMES = Set.of(
            "longshore.dev/instance",
            "longshore.dev/namespace",
            "longshore.dev/job",
            "longshore.dev/job-uid",
            "longshore.dev/attempt",
            "longshore.dev/host",
            "longshore.dev/template",
            "longshore.dev/secret-env",
            "longshore.dev/secret-files",
            "longshore.dev/log-archive",
            GPUS,
            "longshore.dev/room");

    /** All that say whose a container is are shorter; the others are read where one container is inspected. */
    private static final int LONGEST_IN_LIST = 1024;

    /** 64 IDs of 256 characters, and commas: who holds a GPU has to be known of all containers. */
    private static final int LONGEST_GPUS = 64 * 513;

    private OwnLabels() {}

    /** Those, and the ones that were asked for. */
    static Set<String> and(Map<String, String> requested) {
        var names = new HashSet<>(NAMES);
        names.addAll(requested.keySet());
        return names;
    }

    /** As it is kept in lists and events: that a container has one is known even where it is too long for them. */
    static String inList(String label, String value) {
        return value.length() <= (label.equals(GPUS) ? LONGEST_GPUS : LONGEST_IN_LIST) ? value : "";
    }

    /** Those of Longshore's among them. */
    static Map<String, String> of(Map<String, String> labels) {
        var own = new HashMap<>(labels);
        own.keySet().retainAll(NAMES);
        return own;
    }
}
