package dev.longshore.manifest;

import java.util.Set;

/**
 * What the command line says in the place of all jobs: what they say about it themselves need not be defined.
 *
 * @param host whether it says where they run
 * @param env the variables that it sets
 */
public record Overrides(boolean host, Set<String> env) {
    static final Overrides NONE = new Overrides(false, Set.of());

    public Overrides {
        env = Set.copyOf(env);
    }
}
