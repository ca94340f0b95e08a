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
        message = "networks and networkMode exclude each other",
        fieldPath = ".networkMode")
@ValidationRule(
        value =
                "!(has(self.readOnlyRootFilesystem) && self.readOnlyRootFilesystem && has(self.secretFiles) && size(self.secretFiles) > 0)",
        message = "secretFiles cannot be put into a container with readOnlyRootFilesystem",
        fieldPath = ".secretFiles")
@ValidationRule(
        value = "!has(self.secretFiles) || !has(self.volumes) || self.volumes.all(v, self.secretFiles.all(f,"
                + " !(f.mountPath + '/').startsWith(v.mountPath.endsWith('/') ? v.mountPath : v.mountPath + '/')))",
        message =
                "secretFiles cannot be put at or below the mountPath of a volume: they would stay in it, or be missing in a tmpfs",
        fieldPath = ".secretFiles")
@ValidationRule(
        value =
                "!has(self.labels) || self.labels.all(k, !k.startsWith('longshore.dev/') && !k.startsWith('com.docker.'))",
        message = "label keys under longshore.dev/ and com.docker. are reserved",
        fieldPath = ".labels")
@ApiObject
@RecordBuilder
public record ContainerTemplateSpec(
        @Required
        @Size(min = 1, max = 1024)
        @Pattern("^[^\\s]+$")
        @JsonPropertyDescription("The image: a reference by tag or digest, or an image ID.")
        String image,

        @Default("IfNotPresent")
        @JsonPropertyDescription("When the image is pulled. With Never, an image that is absent fails the job.")
        ImagePullPolicy imagePullPolicy,

        @Size(max = 32)
        @JsonPropertyDescription("Secrets of type kubernetes.io/dockerconfigjson with the registry's credentials.")
        List<LocalReference> imagePullSecrets,

        @Size(max = 64)
        @Pattern("^[a-z0-9]+(/[a-z0-9_]+(/[a-z0-9]+)?)?$")
        @JsonPropertyDescription("Platform of the image, such as linux/arm64. Absent: the daemon's own.")
        String platform,

        @Size(max = 4096) @JsonPropertyDescription("What the template is for.")
        String description,

        @Default("true") @JsonPropertyDescription("false: no new job starts from this template.")
        Boolean active,

        @Size(max = 4096) @JsonPropertyDescription("The entrypoint, instead of the image's.")
        List<String> command,

        @Size(max = 4096) @JsonPropertyDescription("The command: arguments of the entrypoint, instead of the image's.")
        List<String> args,

        @Size(min = 1, max = 4096) @Pattern("^/") @JsonPropertyDescription("Absolute working directory.")
        String workingDir,

        @Size(min = 1, max = 256) @JsonPropertyDescription("User, and group after a colon, by name or number.")
        String user,

        @Size(min = 1, max = 253)
        @Pattern("^[a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?$")
        @JsonPropertyDescription("Host name of the container.")
        String hostname,

        @Size(max = 128) @JsonPropertyDescription("Further lines of /etc/hosts.")
        List<HostAlias> extraHosts,

        @Size(max = 1024) @JsonPropertyDescription("Environment variables, by name.")
        List<EnvVar> env,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Secrets and ConfigMaps whose keys become environment variables. Later ones win, and env over all.")
        List<EnvFromSource> envFrom,

        @Size(max = 64)
        @JsonPropertyDescription("Secrets whose keys become files, put into the container before it starts.")
        List<SecretFiles> secretFiles,

        @Size(max = 64) @JsonPropertyDescription("User-defined networks, all joined before the container starts.")
        List<NetworkAttachment> networks,

        @JsonPropertyDescription("No network, or the host's own, instead of networks.")
        NetworkMode networkMode,

        @Size(max = 128) @JsonPropertyDescription("What is mounted into the container.")
        List<VolumeMount> volumes,

        @JsonPropertyDescription("Limits of CPU and memory.")
        Resources resources,

        @JsonPropertyDescription("GPUs given to the container.")
        Gpus gpus,

        @Size(max = 64) @JsonPropertyDescription("Devices of the host given to the container, by absolute path.")
        List<@Size(min = 1, max = 4096) @Pattern("^/") String> devices,

        @JsonPropertyDescription("Size of /dev/shm.") Quantity shmSize,

        @Min(1) @JsonPropertyDescription("Most processes and threads at once.")
        Long pidsLimit,

        @Min(1) @JsonPropertyDescription("Seconds that one attempt may run, from its start. Absent: no limit.")
        Integer timeoutSeconds,

        @Size(min = 1, max = 32)
        @Pattern("^([0-9]+|[A-Z][A-Z0-9+-]*)$")
        @JsonPropertyDescription("Signal that asks the container to stop. Absent: the image's, else SIGTERM.")
        String stopSignal,

        @Default("10") @Min(0) @JsonPropertyDescription("Seconds between that signal and SIGKILL.")
        Integer stopGracePeriodSeconds,

        @Default("true") @JsonPropertyDescription("Whether the container is removed once its result is in the status.")
        Boolean autoRemove,

        @Default("{}") @JsonPropertyDescription("Whether and when a failed attempt is followed by another.")
        RetryPolicy retry,

        @Min(0) @JsonPropertyDescription("Seconds after which a finished job resource is deleted. Absent: it is kept.")
        Integer ttlSecondsAfterFinished,

        @Default("{}") @JsonPropertyDescription("How much of the output is kept in the status.")
        LogOptions logs,

        @Default("{}") @JsonPropertyDescription("How resource usage is sampled.")
        UsageOptions usage,

        @Size(max = 256) @JsonPropertyDescription("Labels put on the container.")
        Map<String, String> labels,

        @Default("false") @JsonPropertyDescription("Full access to the daemon's machine.")
        Boolean privileged,

        @Default("false") @JsonPropertyDescription("Run an init process that forwards signals and reaps processes.")
        Boolean init,

        @Default("false") @JsonPropertyDescription("Make the container's own layer read-only.")
        Boolean readOnlyRootFilesystem,

        @JsonPropertyDescription("Linux capabilities to add and drop.")
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
        retry = requireNonNullElse(retry, new RetryPolicy(null, null, null, null));
        logs = requireNonNullElse(logs, new LogOptions(null));
        usage = requireNonNullElse(usage, new UsageOptions(null));
        labels = labels == null ? Map.of() : Map.copyOf(labels);
        privileged = requireNonNullElse(privileged, false);
        init = requireNonNullElse(init, false);
        readOnlyRootFilesystem = requireNonNullElse(readOnlyRootFilesystem, false);
    }
}
