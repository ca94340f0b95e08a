package dev.longshore.job;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobHost;
import java.util.Optional;

/**
 * The key of a host. As text, which is what its connection, the label of its containers and metrics have, it is
 * namespace/name; hosts are ordered by it.
 */
public record HostKey(String namespace, String name) implements Comparable<HostKey> {
    public static HostKey of(DockerHost host) {
        return new HostKey(host.getMetadata().getNamespace(), host.getMetadata().getName());
    }

    public static HostKey of(JobHost host) {
        return new HostKey(host.namespace(), host.name());
    }

    /** The host that a job is bound to, else the one that its spec names. */
    public static Optional<HostKey> of(ContainerJob job) {
        if (job.getStatus() != null && job.getStatus().host() != null) {
            return Optional.of(of(job.getStatus().host()));
        }
        var wanted = job.getSpec().hostRef();
        if (wanted == null) {
            return Optional.empty();
        }
        var namespace = wanted.namespace() == null ? job.getMetadata().getNamespace() : wanted.namespace();
        return Optional.of(new HostKey(namespace, wanted.name()));
    }

    /** @param key as {@link #toString()} returns it */
    public static HostKey parse(String key) {
        var slash = key.indexOf('/');
        return new HostKey(key.substring(0, slash), key.substring(slash + 1));
    }

    /** Whether the host may have a container of the job: it is bound to it, or names it, or may be given it. */
    public boolean mayHave(ContainerJob job) {
        return of(job).map(this::equals).orElseGet(() -> mayBeSelected(job));
    }

    /** Whether the host may have one of an earlier attempt, for which a selector may have chosen another host. */
    public boolean mayHaveHad(ContainerJob job) {
        return job.getSpec().hostSelector() == null ? mayHave(job) : mayBeSelected(job);
    }

    private boolean mayBeSelected(ContainerJob job) {
        var namespaces = job.getSpec().hostSelector().namespaces();
        return namespaces.isEmpty()
                ? namespace.equals(job.getMetadata().getNamespace())
                : namespaces.contains(namespace);
    }

    @Override
    public int compareTo(HostKey other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
