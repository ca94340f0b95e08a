package dev.longshore.manifest;

import java.util.Set;

/**
 * What the command line overrides in all jobs: their own references to it need not be defined.
 *
 * @param host whether the host is overridden
 * @param env names of the overridden variables
 */
public record Overrides(boolean host, Set<String> env) {
    static final Overrides NONE = new Overrides(false, Set.of());

    public Overrides {
        env = Set.copyOf(env);
    }
}
