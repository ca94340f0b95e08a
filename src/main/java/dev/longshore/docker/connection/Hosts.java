package dev.longshore.docker.connection;

import java.util.Optional;

/** The hosts that are connected to, or are about to be. From any thread. */
@FunctionalInterface
public interface Hosts {
    /** @param key of the host, as namespace/name */
    Optional<? extends HostAccess> get(String key);

    default boolean isReady(String key) {
        return get(key).map(HostAccess::state).stream().anyMatch(HostState::isReady);
    }
}
