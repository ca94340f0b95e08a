package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/** A reusable container configuration. */
@ValidationRule(
        value = "!(has(self.networkMode) && has(self.networks) && size(self.networks) > 0)",
        message = "networks and networkMode are mutually exclusive",
        fieldPath = ".networkMode")
@ValidationRule(
        value =
                "!(has(self.readOnlyRootFilesystem) && self.readOnlyRootFilesystem && has(self.secretFiles) && size(self.secretFiles) > 0)",
        message = "secretFiles cannot be used with readOnlyRootFilesystem",
        fieldPath = ".secretFiles")
@ValidationRule(
        value = "!has(self.secretFiles) || !has(self.volumes) || self.volumes.all(v, self.secretFiles.all(f,"
                + " !(f.mountPath + '/').startsWith(v.mountPath.endsWith('/') ? v.mountPath : v.mountPath + '/')))",
        message =
                "secretFiles must not be at or below the mountPath of a volume: they would remain in the volume, or be missing in a tmpfs",
        fieldPath = ".secretFiles")
@ValidationRule(
        value =
                "!has(self.labels) || self.labels.all(k, !k.startsWith('longshore.dev/') && !k.startsWith('com.docker.'))",
        message = "label keys with the prefix longshore.dev/ or com.docker. are reserved",
        fieldPath = ".labels")
@ApiObject
@RecordBuilder
public record ContainerTemplateSpec(
        @Required
        @Size(min = 1, max = 1024)
        @Pattern("^[^\\s]+$")
        @JsonPropertyDescription("Container image: a reference with a tag or digest, or an image ID.")
        String image,

        @Default("IfNotPresent")
        @JsonPropertyDescription("When to pull the image. With Never, the job fails if the image is not present.")
        ImagePullPolicy imagePullPolicy,

        @Size(max = 32)
        @JsonPropertyDescription("Secrets of type kubernetes.io/dockerconfigjson with registry credentials.")
        List<LocalReference> imagePullSecrets,

        @Size(max = 64)
        @Pattern("^[a-z0-9]+(/[a-z0-9_]+(/[a-z0-9]+)?)?$")
        @JsonPropertyDescription("Platform of the image, such as linux/arm64. Defaults to the daemon's platform.")
        String platform,

        @Size(max = 4096) @JsonPropertyDescription("Description of the template.")
        String description,

        @Default("true") @JsonPropertyDescription("If false, no new job starts from this template.")
        Boolean active,

        @Size(max = 4096) @JsonPropertyDescription("Entrypoint. Overrides the image's ENTRYPOINT.")
        List<String> command,

        @Size(max = 4096) @JsonPropertyDescription("Arguments to the entrypoint. Overrides the image's CMD.")
        List<String> args,

        @Size(min = 1, max = 4096) @Pattern("^/") @JsonPropertyDescription("Working directory, as an absolute path.")
        String workingDir,

        @Size(min = 1, max = 256) @JsonPropertyDescription("User and optional group, as user[:group], by name or ID.")
        String user,

        @Size(min = 1, max = 253)
        @Pattern("^[a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?$")
        @JsonPropertyDescription("Hostname of the container.")
        String hostname,

        @Size(max = 128) @JsonPropertyDescription("Additional entries for /etc/hosts.")
        List<HostAlias> extraHosts,

        @Size(max = 1024) @JsonPropertyDescription("Environment variables.")
        List<EnvVar> env,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Secrets and ConfigMaps whose keys become environment variables. Later entries take precedence, and env over all of them.")
        List<EnvFromSource> envFrom,

        @Size(max = 64)
        @JsonPropertyDescription("Secrets whose keys are copied into the container as files before it starts.")
        List<SecretFiles> secretFiles,

        @Size(max = 64)
        @JsonPropertyDescription("User-defined networks. The container is connected to all of them before it starts.")
        List<NetworkAttachment> networks,

        @JsonPropertyDescription("No network (none) or the host's network (host). Alternative to networks.")
        NetworkMode networkMode,

        @Size(max = 128) @JsonPropertyDescription("Bind mounts, volumes and tmpfs mounts.")
        List<VolumeMount> volumes,

        @JsonPropertyDescription("CPU and memory of the container.")
        Resources resources,

        @JsonPropertyDescription("GPUs to add to the container.")
        Gpus gpus,

        @Size(max = 64) @JsonPropertyDescription("Host devices to add to the container, by absolute path.")
        List<@Size(min = 1, max = 4096) @Pattern("^/") String> devices,

        @JsonPropertyDescription("Size of /dev/shm.") Quantity shmSize,

        @Min(1) @JsonPropertyDescription("Maximum number of processes and threads.")
        Long pidsLimit,

        @Min(1)
        @JsonPropertyDescription(
                "Maximum time in seconds that one attempt may run, from its start. No limit if not set.")
        Integer timeoutSeconds,

        @Size(min = 1, max = 32)
        @Pattern("^([0-9]+|[A-Z][A-Z0-9+-]*)$")
        @JsonPropertyDescription("Signal to stop the container. Defaults to the image's, otherwise SIGTERM.")
        String stopSignal,

        @Default("10") @Min(0) @JsonPropertyDescription("Seconds between the stop signal and SIGKILL.")
        Integer stopGracePeriodSeconds,

        @Default("true")
        @JsonPropertyDescription("Whether to remove the container once its result is stored in the status.")
        Boolean autoRemove,

        @Default("0")
        @Min(0)
        @JsonPropertyDescription("Seconds for which the container of a failed attempt is kept before it is removed.")
        Integer keepFailedSeconds,

        @Default("{}") @JsonPropertyDescription("Retry policy for failed attempts.")
        RetryPolicy retry,

        @Min(0)
        @JsonPropertyDescription("Seconds after which a finished job resource is deleted. Not deleted if not set.")
        Integer ttlSecondsAfterFinished,

        @Default("{}") @JsonPropertyDescription("Options for the output stored in the status and in the log archive.")
        LogOptions logs,

        @JsonPropertyDescription("Log driver of the container. Defaults to the daemon's.")
        LogDriver logging,

        @Size(max = 10)
        @JsonPropertyDescription("Files of the exited container whose content goes into status.results.")
        List<ResultFile> results,

        @Default("{}") @JsonPropertyDescription("Options for sampling resource usage.")
        UsageOptions usage,

        @Size(max = 256) @JsonPropertyDescription("Labels to set on the container.")
        Map<String, String> labels,

        @Default("false") @JsonPropertyDescription("Run in privileged mode, with full access to the host machine.")
        Boolean privileged,

        @Default("false")
        @JsonPropertyDescription("Run an init process in the container that forwards signals and reaps processes.")
        Boolean init,

        @Default("false") @JsonPropertyDescription("Mount the container's root filesystem read-only.")
        Boolean readOnlyRootFilesystem,

        @JsonPropertyDescription("Linux capabilities to add or drop.")
        Capabilities capabilities) {
    public ContainerTemplateSpec {
        imagePullPolicy = requireNonNullElse(imagePullPolicy, ImagePullPolicy.IF_NOT_PRESENT);
        imagePullSecrets = imagePullSecrets == null ? List.of() : List.copyOf(imagePullSecrets);
        active = requireNonNullElse(active, true);
        command = command == null ? List.of() : List.copyOf(command);
        args = args == null ? List.of() : List.copyOf(args);
        extraHosts = extraHosts == null ? List.of() : List.copyOf(extraHosts);
        env = env == null ? List.of() : List.copyOf(env);
        envFrom = envFrom == null ? List.of() : List.copyOf(envFrom);
        secretFiles = secretFiles == null ? List.of() : List.copyOf(secretFiles);
        networks = networks == null ? List.of() : List.copyOf(networks);
        volumes = volumes == null ? List.of() : List.copyOf(volumes);
        devices = devices == null ? List.of() : List.copyOf(devices);
        stopGracePeriodSeconds = requireNonNullElse(stopGracePeriodSeconds, 10);
        autoRemove = requireNonNullElse(autoRemove, true);
        keepFailedSeconds = requireNonNullElse(keepFailedSeconds, 0);
        retry = requireNonNullElse(retry, new RetryPolicy(null, null, null, null));
        logs = requireNonNullElse(logs, LogOptionsBuilder.builder().build());
        results = results == null ? List.of() : List.copyOf(results);
        usage = requireNonNullElse(usage, new UsageOptions(null));
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        privileged = requireNonNullElse(privileged, false);
        init = requireNonNullElse(init, false);
        readOnlyRootFilesystem = requireNonNullElse(readOnlyRootFilesystem, false);
    }
}
