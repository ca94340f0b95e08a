package dev.longshore.local;

import java.nio.file.Path;
import java.util.Map;

/**
 * The options of a run on the command line, which override the manifests.
 *
 * @param mostConcurrent jobs at once on each host; null: as the hosts say
 * @param host where all jobs run: a DockerHost of the manifests ({@code name} or {@code namespace/name}) or an endpoint;
 *     null: as the jobs say
 * @param env set in every job, over its own
 * @param logs the folder where the whole log of each attempt is written; null: nowhere
 */
public record RunOptions(Integer mostConcurrent, String host, Map<String, String> env, Path logs) {
    public static final RunOptions NONE = new RunOptions(null, null, Map.of());

    public RunOptions(Integer mostConcurrent, String host, Map<String, String> env) {
        this(mostConcurrent, host, env, null);
    }

    public RunOptions {
        env = Map.copyOf(env);
    }
}
