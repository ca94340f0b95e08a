package dev.longshore.host;

import java.util.Set;

/**
 * The namespaces whose DockerHosts may name a unix socket: it is one of the machine that the operator runs on.
 *
 * @param namespaces names, {@code *} for all
 */
public record UnixSockets(Set<String> namespaces) {
    public static final UnixSockets ALL = new UnixSockets(Set.of("*"));

    boolean allowedFrom(String namespace) {
        return namespaces.contains("*") || namespaces.contains(namespace);
    }
}
