package dev.longshore.job;

import dev.longshore.api.AllowedHostPath;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.HostPolicy;
import dev.longshore.api.NetworkMode;
import dev.longshore.api.VolumeMount;
import dev.longshore.docker.ImageReference;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether a host's policy admits a container. Every answer says what is denied and which field would admit it. */
final class PolicyCheck {
    private static final String ALL_CAPABILITIES = "ALL";

    private final ContainerTemplateSpec container;
    private final HostPolicy policy;

    private PolicyCheck(ContainerTemplateSpec container, HostPolicy policy) {
        this.container = container;
        this.policy = policy;
    }

    /** The first thing that the policy denies. */
    static Optional<String> denial(ContainerTemplateSpec container, HostPolicy policy) {
        var check = new PolicyCheck(container, policy);
        return Stream.of(
                        check.privileges(),
                        check.image(),
                        check.volumes(),
                        check.networks(),
                        check.capabilities(),
                        check.devices(),
                        ResourceLimits.excess(container, policy))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> privileges() {
        if (container.privileged() && !policy.allowPrivileged()) {
            return Optional.of("privileged containers are not allowed (policy.allowPrivileged)");
        }
        if (container.networkMode() == NetworkMode.HOST && !policy.allowHostNetwork()) {
            return Optional.of("the host's network is not allowed (policy.allowHostNetwork)");
        }
        if (container.gpus() != null && !policy.allowGpus()) {
            return Optional.of("GPUs are not allowed (policy.allowGpus)");
        }
        return Optional.empty();
    }

    private Optional<String> image() {
        if (policy.requirePull() && ImageReference.isImageId(container.image())) {
            return Optional.of("an image ID cannot be pulled, as the host requires (policy.requirePull)");
        }
        return policy.allowedImages() == null
                ? Optional.empty()
                : AllowedImages.denial(container.image(), policy.allowedImages());
    }

    private Optional<String> volumes() {
        return container.volumes().stream()
                .flatMap(volume -> volume(volume).stream())
                .findFirst();
    }

    private Optional<String> volume(VolumeMount volume) {
        if (volume.hostPath() != null) {
            var admitted = policy.allowedHostPaths().stream()
                    .anyMatch(allowed -> HostPaths.admits(allowed, volume.hostPath(), volume.readOnly()));
            return admitted ? Optional.empty() : Optional.of(hostPathDenial(volume));
        }
        if (volume.volumeName() != null && !matchesAny(policy.allowedVolumes(), volume.volumeName())) {
            return Optional.of("volume " + volume.volumeName() + " is not allowed (policy.allowedVolumes)");
        }
        return Optional.empty();
    }

    private String hostPathDenial(VolumeMount volume) {
        var readable = policy.allowedHostPaths().stream()
                .filter(AllowedHostPath::readOnly)
                .anyMatch(allowed -> HostPaths.admits(allowed, volume.hostPath(), true));
        return readable
                ? "host path " + volume.hostPath() + " is allowed with readOnly: true only (policy.allowedHostPaths)"
                : "host path " + volume.hostPath() + " is not allowed (policy.allowedHostPaths)";
    }

    private Optional<String> networks() {
        if (policy.allowedNetworks() == null) {
            return Optional.empty();
        }
        return container.networks().stream()
                .filter(network -> !matchesAny(policy.allowedNetworks(), network.name()))
                .map(network -> "network " + network.name() + " is not allowed (policy.allowedNetworks)")
                .findFirst();
    }

    private Optional<String> capabilities() {
        if (container.capabilities() == null) {
            return Optional.empty();
        }
        var allowed = policy.allowedCapabilities().stream()
                .map(PolicyCheck::capability)
                .toList();
        return container.capabilities().add().stream()
                .map(PolicyCheck::capability)
                .filter(wanted -> !allowed.contains(wanted) && !allowed.contains(ALL_CAPABILITIES))
                .map(wanted -> "capability " + wanted + " is not allowed (policy.allowedCapabilities)")
                .findFirst();
    }

    /** Docker takes a capability with or without CAP_, in any case. */
    private static String capability(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("CAP_") ? upper.substring(4) : upper;
    }

    private Optional<String> devices() {
        var allowed = policy.allowedDevices().stream().map(HostPaths::segments).toList();
        return container.devices().stream()
                .filter(device -> !allowed.contains(HostPaths.segments(device)))
                .map(device -> "device " + device + " is not allowed (policy.allowedDevices)")
                .findFirst();
    }

    private static boolean matchesAny(List<String> globs, String name) {
        return globs.stream().anyMatch(glob -> new Glob(glob).matches(name));
    }
}
