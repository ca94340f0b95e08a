package dev.longshore.job.config;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHost;
import dev.longshore.api.Gpus;
import dev.longshore.api.HostAlias;
import dev.longshore.api.LogDriver;
import dev.longshore.api.VolumeMount;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.ContainerSpecBuilder;
import dev.longshore.docker.EngineInfo;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.attempt.ContainerInputs;
import dev.longshore.job.attempt.SecretFileLabel;
import dev.longshore.job.policy.HostPaths;
import dev.longshore.job.policy.ResourceLimits;
import dev.longshore.job.retention.Retention;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns a job and its effective template into the container specification for the daemon. */
final class ContainerSpecs {
    private static final Integer ALL_GPUS = -1;

    private ContainerSpecs() {}

    static ContainerSpec of(
            ContainerJob job, int attempt, ContainerTemplateSpec template, DockerHost host, Inputs inputs) {
        var container = ContainerSpecBuilder.builder()
                .name(JobLabels.containerName(job, attempt))
                .image(ImagePin.reference(job, template))
                .platform(template.platform())
                .labels(labels(job, attempt, template, host, inputs))
                .entrypoint(template.command())
                .command(template.args())
                .workingDir(template.workingDir())
                .user(template.user())
                .environment(inputs.container().environment())
                .files(inputs.container().files())
                .mounts(template.volumes().stream().map(ContainerSpecs::mount).toList())
                .logging(logging(template.logging()))
                .stopSignal(template.stopSignal())
                .stopTimeoutSeconds(template.stopGracePeriodSeconds())
                .init(template.init());
        network(container, template);
        security(container, template);
        resources(
                container, template, ResourceLimits.of(template, host.getSpec().policy(), inputs.machine()));
        gpus(container, template.gpus(), inputs.gpus());
        return container.build();
    }

    private static void network(ContainerSpecBuilder container, ContainerTemplateSpec template) {
        container
                .hostname(template.hostname())
                .extraHosts(template.extraHosts().stream()
                        .flatMap(ContainerSpecs::extraHosts)
                        .toList())
                .networks(template.networks().stream()
                        .map(network -> new ContainerSpec.Network(network.name(), network.aliases()))
                        .toList())
                .networkMode(
                        template.networkMode() == null
                                ? null
                                : template.networkMode().name().toLowerCase(Locale.ROOT));
    }

    private static void security(ContainerSpecBuilder container, ContainerTemplateSpec template) {
        var capabilities = template.capabilities();
        container
                .privileged(template.privileged())
                .readOnlyRoot(template.readOnlyRootFilesystem())
                .addCapabilities(capabilities == null ? List.of() : capabilities.add())
                .dropCapabilities(capabilities == null ? List.of() : capabilities.drop());
    }

    private static void resources(
            ContainerSpecBuilder container, ContainerTemplateSpec template, ResourceLimits limits) {
        container
                .nanoCpus(limits.nanoCpus())
                .memory(limits.memory())
                .devices(template.devices())
                .shmSize(ResourceLimits.bytes(template.shmSize()))
                .pidsLimit(template.pidsLimit());
    }

    /** @param assigned empty where the host does not count GPUs: what the template says is up to the daemon then */
    private static void gpus(ContainerSpecBuilder container, Gpus requested, List<String> assigned) {
        if (!assigned.isEmpty() || requested == null) {
            container.gpuIds(assigned);
        } else {
            container
                    .gpuCount(requested.all() != null ? ALL_GPUS : requested.count())
                    .gpuIds(requested.deviceIDs());
        }
    }

    /**
     * What is not in the resources themselves.
     *
     * @param gpus the IDs of the GPUs that the job got for itself
     * @param room what it holds of its host beside them, as in {@link JobLabels#ROOM}; null: nothing
     */
    record Inputs(
            String instance, Optional<EngineInfo> machine, ContainerInputs container, List<String> gpus, String room) {}

    private static Map<String, String> labels(
            ContainerJob job, int attempt, ContainerTemplateSpec template, DockerHost host, Inputs inputs) {
        var labels = new LinkedHashMap<>(template.labels());
        labels.putAll(JobLabels.of(job, attempt, HostKey.of(host), inputs.instance()));
        labels.putAll(JobLabels.ofRoom(inputs.gpus(), inputs.room()));
        if (template.logs().archive()) {
            labels.put(JobLabels.LOG_ARCHIVE, Long.toString(Retention.most(template.logs())));
        }
        var secret = inputs.container().secretEnvironment();
        if (!secret.isEmpty()) {
            labels.put(JobLabels.SECRET_ENV, String.join("=", secret));
        }
        if (!template.secretFiles().isEmpty()) {
            labels.put(
                    JobLabels.SECRET_FILES,
                    SecretFileLabel.of(
                            job.getMetadata().getUid(), inputs.container().files()));
        }
        return labels;
    }

    private static Stream<String> extraHosts(HostAlias alias) {
        return alias.hostnames().stream().map(name -> name + ":" + alias.ip());
    }

    private static ContainerSpec.Logging logging(LogDriver logging) {
        return logging == null ? null : new ContainerSpec.Logging(logging.driver(), logging.options());
    }

    private static ContainerSpec.Mount mount(VolumeMount volume) {
        if (volume.hostPath() != null) {
            // Cleaned as the policy saw it, so that both mean the same path.
            var path = "/" + String.join("/", HostPaths.segments(volume.hostPath()));
            return new ContainerSpec.Bind(volume.mountPath(), path, volume.readOnly());
        }
        if (volume.volumeName() != null) {
            return new ContainerSpec.Volume(volume.mountPath(), volume.volumeName(), volume.readOnly());
        }
        return new ContainerSpec.Tmpfs(
                volume.mountPath(), ResourceLimits.bytes(volume.tmpfs().size()), volume.readOnly());
    }
}
