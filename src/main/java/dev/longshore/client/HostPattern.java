package dev.longshore.client;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobHost;

/**
 * A DockerHost on the command line, {@code NAME} or {@code NAMESPACE/NAME}.
 *
 * @param namespace null if not specified
 */
public record HostPattern(String namespace, String name) {
    /** @throws IllegalArgumentException if it is neither */
    public static HostPattern parse(String text) {
        var slash = text.indexOf('/');
        var pattern = new HostPattern(slash < 0 ? null : text.substring(0, slash), text.substring(slash + 1));
        if (pattern.name.isEmpty() || pattern.name.contains("/") || slash == 0) {
            throw new IllegalArgumentException("'" + text + "' is not a valid host: use NAME or NAMESPACE/NAME");
        }
        if (slash > 0) {
            var unused = Lookup.namespace(pattern.namespace);
        }
        return pattern;
    }

    /** Whether the job's hostRef is this host. */
    boolean isNamedBy(ContainerJob job) {
        var named = job.getSpec().hostRef();
        return named != null
                && matches(
                        named.namespace() == null ? job.getMetadata().getNamespace() : named.namespace(), named.name());
    }

    /** Whether the job is bound to this host. */
    boolean holds(ContainerJob job) {
        JobHost host = job.getStatus() == null ? null : job.getStatus().host();
        return host != null && matches(host.namespace(), host.name());
    }

    private boolean matches(String otherNamespace, String otherName) {
        return name.equals(otherName) && (namespace == null || namespace.equals(otherNamespace));
    }
}
