package dev.longshore.cli.output;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.EnvFromSource;
import dev.longshore.api.EnvVar;
import dev.longshore.api.Gpus;
import dev.longshore.api.KeyReference;
import dev.longshore.api.LocalReference;
import dev.longshore.api.LogDriver;
import dev.longshore.api.NetworkAttachment;
import dev.longshore.api.ResourceList;
import dev.longshore.api.RetryPolicy;
import dev.longshore.api.VolumeMount;
import dev.longshore.cli.terminal.Terminal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a container is made of, for people: all that is set, but for what is as it is without being said. Of Secrets names
 * and keys, never a value: none is looked up.
 */
final class ContainerDescription {
    private ContainerDescription() {}

    static void add(Description text, String head, ContainerTemplateSpec template) {
        text.begin(head);
        program(text, template);
        inputs(text, template);
        surroundings(text, template);
        limits(text, template);
        end(text, template);
        text.end();
    }

    private static void program(Description text, ContainerTemplateSpec template) {
        text.add("Description", template.description())
                .add("Image", template.image())
                .add("Image Pull Policy", text(template.imagePullPolicy()))
                .add("Image Pull Secrets", joined(template.imagePullSecrets(), LocalReference::name))
                .add("Platform", template.platform())
                .add("Command", list(template.command()))
                .add("Args", list(template.args()))
                .add("Working Dir", template.workingDir())
                .add("User", template.user())
                .add("Init", yes(template.init()));
    }

    private static void inputs(Description text, ContainerTemplateSpec template) {
        lines(text, "Environment", template.env(), ContainerDescription::variable);
        lines(text, "Environment From", template.envFrom(), ContainerDescription::source);
        lines(
                text,
                "Secret Files",
                template.secretFiles(),
                files -> files.mountPath() + " from Secret " + files.secretName());
        lines(text, "Volumes", template.volumes(), ContainerDescription::volume);
    }

    private static void surroundings(Description text, ContainerTemplateSpec template) {
        text.add("Hostname", template.hostname())
                .add("Network Mode", text(template.networkMode()))
                .add("Networks", joined(template.networks(), ContainerDescription::network))
                .add(
                        "Extra Hosts",
                        joined(template.extraHosts(), host -> host.ip() + " " + String.join(" ", host.hostnames())))
                .add("Devices", joined(template.devices(), Function.identity()))
                .add("GPUs", gpus(template.gpus()))
                .add("Labels", pairs(template.labels()))
                .add("Privileged", yes(template.privileged()))
                .add("Read-Only Root", yes(template.readOnlyRootFilesystem()));
        if (template.capabilities() != null) {
            text.add("Capabilities Added", joined(template.capabilities().add(), Function.identity()))
                    .add("Capabilities Dropped", joined(template.capabilities().drop(), Function.identity()));
        }
    }

    private static void limits(Description text, ContainerTemplateSpec template) {
        var resources = template.resources();
        text.add("Requests", resources == null ? null : amounts(resources.requests()))
                .add("Limits", resources == null ? null : amounts(resources.limits()))
                .add("Shared Memory", template.shmSize())
                .add("PIDs Limit", template.pidsLimit())
                .add("Timeout", seconds(template.timeoutSeconds()))
                .add("Stop Signal", template.stopSignal())
                .add("Stop Grace Period", seconds(template.stopGracePeriodSeconds()))
                .add("Retries", retries(template.retry()));
    }

    private static void end(Description text, ContainerTemplateSpec template) {
        var logs = template.logs();
        text.add("Auto Remove", template.autoRemove())
                .add("Keep Failed", template.keepFailedSeconds() == 0 ? null : seconds(template.keepFailedSeconds()))
                .add("TTL After Finished", seconds(template.ttlSecondsAfterFinished()))
                .add("Log Tail", logs.tailBytes() + " bytes per stream")
                .add("Log Archive", logs.archive() + ", at most " + logs.archiveMaxBytes())
                .add("Log Driver", driver(template.logging()))
                .add("Results", joined(template.results(), file -> file.name() + " from " + file.path()))
                .add("Usage Sampled Every", seconds(template.usage().sampleSeconds()));
    }

    private static String driver(LogDriver logging) {
        if (logging == null) {
            return null;
        }
        return logging.options().isEmpty()
                ? logging.driver()
                : logging.driver() + " (" + pairs(logging.options()) + ")";
    }

    /** Null if there are none. */
    static String amounts(ResourceList resources) {
        if (resources == null) {
            return null;
        }
        return Stream.of(
                        resources.cpu() == null ? null : "cpu " + resources.cpu(),
                        resources.memory() == null ? null : "memory " + resources.memory())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
    }

    static String retries(RetryPolicy retry) {
        if (retry == null || retry.limit() == 0) {
            return retry == null ? null : "0";
        }
        return retry.limit() + ", backoff " + retry.initialDelaySeconds() + "s to " + retry.maxDelaySeconds() + "s"
                + (retry.onExitCodes().isEmpty()
                        ? ""
                        : ", on exit codes " + joined(retry.onExitCodes(), String::valueOf));
    }

    static String variable(EnvVar variable) {
        var from = variable.valueFrom();
        if (from == null) {
            return variable.name() + "=" + (variable.value() == null ? "" : variable.value());
        }
        return variable.name()
                + (from.secretKeyRef() != null
                        ? key("Secret", from.secretKeyRef())
                        : key("ConfigMap", from.configMapKeyRef()));
    }

    private static String key(String kind, KeyReference key) {
        return " from key " + key.key() + " of " + kind + " " + key.name()
                + (Boolean.TRUE.equals(key.optional()) ? " (optional)" : "");
    }

    private static String source(EnvFromSource source) {
        return (source.secretRef() != null
                        ? "Secret " + source.secretRef().name()
                        : "ConfigMap " + source.configMapRef().name())
                + (source.prefix() == null || source.prefix().isEmpty() ? "" : ", prefix " + source.prefix());
    }

    private static String volume(VolumeMount volume) {
        var from = volume.hostPath() != null
                ? "host path " + volume.hostPath()
                : volume.volumeName() != null ? "volume " + volume.volumeName() : tmpfs(volume);
        return volume.mountPath() + " from " + from + (volume.readOnly() ? ", read-only" : "");
    }

    private static String tmpfs(VolumeMount volume) {
        var size = volume.tmpfs() == null ? null : volume.tmpfs().size();
        return "tmpfs" + (size == null ? "" : " of " + size);
    }

    private static String network(NetworkAttachment network) {
        return network.name() + (network.aliases().isEmpty() ? "" : " as " + String.join(" and ", network.aliases()));
    }

    /** How many, which, or null. */
    static String gpus(Gpus gpus) {
        if (gpus == null) {
            return null;
        }
        return gpus.count() != null
                ? gpus.count().toString()
                : gpus.deviceIDs().isEmpty() ? "all" : String.join(", ", gpus.deviceIDs());
    }

    static <T> void lines(Description text, String name, Collection<T> items, Function<T, String> line) {
        text.text(
                name,
                items.stream().map(item -> Terminal.line(line.apply(item))).collect(Collectors.joining("\n")));
    }

    private static <T> String joined(Collection<T> items, Function<T, String> value) {
        return items.stream().map(value).collect(Collectors.joining(", "));
    }

    static String list(List<String> message) {
        return message.isEmpty() ? null : message.toString();
    }

    static String pairs(Map<String, String> labels) {
        return labels == null
                ? null
                : labels.entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    static String seconds(Integer seconds) {
        return seconds == null ? null : seconds + "s";
    }

    private static Boolean yes(Boolean flag) {
        return Boolean.TRUE.equals(flag) ? true : null;
    }

    /** As it is written in a manifest. */
    private static String text(Enum<?> value) {
        return value == null ? null : ResourcePrinter.value(value);
    }
}
