package dev.longshore.job;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import dev.longshore.api.JobHost;
import java.util.Optional;

/** The key of a host, as its connection and its containers' label have it: namespace/name. */
public final class HostKey {
    private HostKey() {}

    public static String of(DockerHost host) {
        return of(host.getMetadata().getNamespace(), host.getMetadata().getName());
    }

    public static String of(JobHost host) {
        return of(host.namespace(), host.name());
    }

    public static String of(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** Whether a host may have a container of the job: the one that it is bound to or names, or one that it may be given. */
    public static boolean mayBe(ContainerJob job, String host) {
        return of(job).map(host::equals).orElseGet(() -> {
            var namespaces = job.getSpec().hostSelector().namespaces();
            var namespace = host.substring(0, host.indexOf('/'));
            return namespaces.isEmpty()
                    ? namespace.equals(job.getMetadata().getNamespace())
                    : namespaces.contains(namespace);
        });
    }

    /** The host that a job is bound to, else the one that it asks for by name. */
    public static Optional<String> of(ContainerJob job) {
        if (job.getStatus() != null && job.getStatus().host() != null) {
            return Optional.of(of(job.getStatus().host()));
        }
        var wanted = job.getSpec().hostRef();
        if (wanted == null) {
            return Optional.empty();
        }
        var namespace = wanted.namespace() == null ? job.getMetadata().getNamespace() : wanted.namespace();
        return Optional.of(of(namespace, wanted.name()));
    }
}
