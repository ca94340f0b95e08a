package dev.longshore.job;

import dev.longshore.docker.connection.HostAccess;
import dev.longshore.docker.connection.HostState;
import java.util.Optional;

/** The hosts that are connected to, or are about to be. From any thread. */
@FunctionalInterface
public interface Hosts {
    Optional<? extends HostAccess> get(HostKey host);

    default boolean isReady(HostKey host) {
        return get(host).map(HostAccess::state).stream().anyMatch(HostState::isReady);
    }
}
