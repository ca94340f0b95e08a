package dev.longshore.local;

import dev.longshore.api.Allocatable;
import dev.longshore.api.AllocatableBuilder;
import dev.longshore.api.AllowedHostPath;
import dev.longshore.api.AllowedLogDriver;
import dev.longshore.api.AllowedNamespaces;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.HostPolicy;
import dev.longshore.api.HostPolicyBuilder;
import dev.longshore.api.HostReference;
import dev.longshore.api.NamespacesFrom;
import dev.longshore.docker.CdiDevice;
import dev.longshore.docker.Endpoint;
import dev.longshore.job.HostKey;
import dev.longshore.manifest.Manifests;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The hosts of a run: those of the manifests, and this machine's daemon for jobs that name none. */
final class LocalHosts {
    static final String NAMESPACE = "longshore-local";
    static final String NAME = "this-machine";
    private static final String USUAL = "unix:///var/run/docker.sock";

    private LocalHosts() {}

    /**
     * What is to run.
     *
     * @param jobs those that run, and one in the place of those of each schedule
     * @param bound hosts that jobs of an earlier process are bound to
     */
    record Work(Manifests manifests, List<ContainerJob> jobs, Set<HostKey> bound) {}

    /**
     * Those that the jobs may run on; no other is connected to. The jobs are changed as the options say, and those that name none
     * are given this machine's.
     *
     * @throws IllegalArgumentException if the options name a host that is not there
     */
    static List<DockerHost> of(Work work, RunOptions options) {
        LocalJobs.change(work.jobs(), work.manifests().hosts(), options);
        var hosts = new ArrayList<>(work.manifests().hosts());
        hosts.forEach(host -> open(host, options.mostConcurrent()));
        var homeless = work.jobs().stream().filter(LocalHosts::namesNone).toList();
        if (!homeless.isEmpty()) {
            hosts.add(thisMachine(work, options));
        }
        homeless.forEach(job -> LocalJobs.runOn(job, new HostReference(NAME, NAMESPACE)));
        if (work.jobs().stream().allMatch(job -> job.getSpec().hostSelector() == null)) {
            var wanted = work.jobs().stream()
                    .flatMap(job -> HostKey.of(job).stream())
                    .collect(Collectors.toSet());
            hosts.removeIf(
                    host -> !wanted.contains(HostKey.of(host)) && !work.bound().contains(HostKey.of(host)));
        }
        return hosts;
    }

    /** As it was written, but open to all namespaces and with no more slots than {@code most}. */
    private static void open(DockerHost host, Integer most) {
        var spec = host.getSpec();
        var slots = most == null ? spec.maxConcurrentJobs() : Math.min(most, spec.maxConcurrentJobs());
        host.setSpec(DockerHostSpecBuilder.builder(spec)
                .maxConcurrentJobs(slots)
                .allowedNamespaces(new AllowedNamespaces(NamespacesFrom.ALL, null))
                .build());
    }

    private static boolean namesNone(ContainerJob job) {
        return job.getSpec().hostRef() == null && job.getSpec().hostSelector() == null;
    }

    /** The daemon that the docker command would use, or an endpoint, with all that these jobs ask of it. */
    private static DockerHost thisMachine(Work work, RunOptions options) {
        var host = new DockerHost();
        host.setMetadata(new ObjectMetaBuilder()
                .withNamespace(NAMESPACE)
                .withName(NAME)
                .withGeneration(1L)
                .build());
        host.setSpec(DockerHostSpecBuilder.builder()
                .endpoint(options.host() == null ? usual() : options.host())
                .maxConcurrentJobs(options.mostConcurrent())
                .policy(everythingRequested(work))
                .allocatable(requestedGpus(work))
                .allowedNamespaces(new AllowedNamespaces(NamespacesFrom.ALL, null))
                .build());
        return host;
    }

    private static String usual() {
        var endpoint = System.getenv("DOCKER_HOST");
        if (endpoint == null || endpoint.isBlank()) {
            return USUAL;
        }
        if (!Endpoint.isUri(endpoint)) {
            throw new IllegalArgumentException(
                    "DOCKER_HOST=" + endpoint + ": must be like unix:///var/run/docker.sock or tcp://host:port");
        }
        return endpoint;
    }

    /** Why a host is not there, and what to do. */
    static String unreachable(HostKey key, String why) {
        return key.equals(new HostKey(NAMESPACE, NAME))
                ? "the Docker daemon is unreachable: " + why.replace("spec.endpoint", "DOCKER_HOST or --set-host")
                : "DockerHost " + key + " is unreachable: " + why;
    }

    private static HostPolicy everythingRequested(Work work) {
        return HostPolicyBuilder.builder()
                .allowGpus(true)
                .allowHostNetwork(true)
                .allowPrivileged(true)
                .allowedCapabilities(List.of("ALL"))
                .allowedVolumes(List.of("**"))
                .allowedDevices(templates(work)
                        .flatMap(template -> template.devices().stream())
                        .distinct()
                        .toList())
                .allowedLogDrivers(logDrivers(work))
                .allowedHostPaths(templates(work)
                        .flatMap(template -> template.volumes().stream())
                        .filter(volume -> volume.hostPath() != null)
                        .map(volume -> new AllowedHostPath(volume.hostPath(), false))
                        .distinct()
                        .toList())
                .build();
    }

    /**
     * CDI devices have to be listed to be used. Where some are, no others are there: that is not for jobs that leave it to Docker
     * which GPUs they get.
     */
    private static Allocatable requestedGpus(Work work) {
        var requested = templates(work)
                .map(ContainerTemplateSpec::gpus)
                .filter(Objects::nonNull)
                .toList();
        var ids = requested.stream()
                .flatMap(gpus -> gpus.deviceIDs().stream())
                .distinct()
                .toList();
        return ids.stream().anyMatch(CdiDevice::isName)
                        && requested.stream().noneMatch(gpus -> gpus.deviceIDs().isEmpty())
                ? AllocatableBuilder.builder().gpus(ids).build()
                : null;
    }

    private static List<AllowedLogDriver> logDrivers(Work work) {
        var options = new TreeMap<String, Set<String>>();
        templates(work)
                .map(ContainerTemplateSpec::logging)
                .filter(Objects::nonNull)
                .forEach(logging -> options.computeIfAbsent(logging.driver(), first -> new TreeSet<>())
                        .addAll(logging.options().keySet()));
        return options.entrySet().stream()
                .map(driver -> new AllowedLogDriver(driver.getKey(), List.copyOf(driver.getValue())))
                .toList();
    }

    private static Stream<ContainerTemplateSpec> templates(Work work) {
        return work.jobs().stream()
                .filter(LocalHosts::namesNone)
                .map(job -> job.getSpec().template() != null
                        ? job.getSpec().template()
                        : work.manifests()
                                .template(
                                        job.getMetadata().getNamespace(),
                                        job.getSpec().templateRef().name())
                                .map(template -> template.getSpec())
                                .orElse(null))
                .filter(Objects::nonNull);
    }
}
