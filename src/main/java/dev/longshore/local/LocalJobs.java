package dev.longshore.local;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.DockerHost;
import dev.longshore.api.EnvVar;
import dev.longshore.api.HostReference;
import dev.longshore.docker.Endpoint;
import dev.longshore.job.HostKey;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Changes jobs as the command line wants them, before they run. */
final class LocalJobs {
    private LocalJobs() {}

    /** @throws IllegalArgumentException if the options name a host that is not there */
    static void change(List<ContainerJob> all, List<DockerHost> hosts, RunOptions options) {
        var jobs = all.stream().filter(job -> job.getSpec() != null).toList();
        if (options.host() != null) {
            var host = Endpoint.isUri(options.host()) ? null : named(hosts, options.host());
            jobs.forEach(job -> runOn(job, host));
        }
        if (!options.env().isEmpty()) {
            jobs.forEach(job -> set(job, options.env()));
        }
    }

    /** @param host null: this machine's */
    static void runOn(ContainerJob job, HostReference host) {
        job.setSpec(ContainerJobSpecBuilder.builder(job.getSpec())
                .hostRef(host)
                .hostSelector(null)
                .build());
    }

    private static HostReference named(List<DockerHost> hosts, String wanted) {
        var found = hosts.stream()
                .filter(host -> wanted.equals(host.getMetadata().getName())
                        || wanted.equals(HostKey.of(host).toString()))
                .toList();
        var known = hosts.isEmpty()
                ? "the manifests define none"
                : "the manifests define "
                        + hosts.stream()
                                .map(host -> HostKey.of(host).toString())
                                .collect(Collectors.joining(", "));
        if (found.isEmpty()) {
            throw new IllegalArgumentException("--set-host " + wanted
                    + ": not a DockerHost in the manifests, nor an endpoint like unix:///var/run/docker.sock or tcp://host:port; "
                    + known);
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("--set-host " + wanted + " is ambiguous: " + known
                    + ": add the namespace, such as " + HostKey.of(found.get(0)));
        }
        var metadata = found.get(0).getMetadata();
        return new HostReference(metadata.getName(), metadata.getNamespace());
    }

    private static void set(ContainerJob job, Map<String, String> env) {
        var own = job.getSpec().env().stream().filter(variable -> !env.containsKey(variable.name()));
        var set = env.keySet().stream().sorted().map(name -> new EnvVar(name, env.get(name), null));
        job.setSpec(ContainerJobSpecBuilder.builder(job.getSpec())
                .env(Stream.concat(own, set).toList())
                .build());
    }
}
