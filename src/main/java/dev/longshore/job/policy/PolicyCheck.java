package dev.longshore.job.policy;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.DockerHostSpec;
import dev.longshore.api.HostPolicy;
import dev.longshore.api.NetworkMode;
import dev.longshore.api.VolumeMount;
import dev.longshore.docker.CdiDevice;
import dev.longshore.docker.ImageReference;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Whether a host's policy admits a container. A denial names each violation and the field that would allow it. */
public final class PolicyCheck {
    private static final String ALL_CAPABILITIES = "ALL";
    /** Characters: with some text around it, it fits into an Event. */
    private static final int LONGEST = 800;

    private final ContainerTemplateSpec container;
    private final HostPolicy policy;
    private final Set<String> gpus;

    private PolicyCheck(ContainerTemplateSpec container, DockerHostSpec host) {
        this.container = container;
        this.policy = host.policy();
        this.gpus = host.allocatable() == null || host.allocatable().gpus() == null
                ? Set.of()
                : Set.copyOf(host.allocatable().gpus());
    }

    /** All that the policy denies, in one line that is not longer than a message should be. */
    public static Optional<String> denial(ContainerTemplateSpec container, DockerHostSpec host) {
        var check = new PolicyCheck(container, host);
        var denials = Stream.of(
                        check.privileges(),
                        check.image(),
                        check.volumes(),
                        check.networks(),
                        check.capabilities(),
                        check.devices(),
                        check.gpus(),
                        check.logging(),
                        ResourceLimits.excess(container, host.policy()))
                .flatMap(Function.identity())
                .distinct()
                .toList();
        return denials.isEmpty() ? Optional.empty() : Optional.of(inOneLine(denials));
    }

    private static String inOneLine(List<String> denials) {
        var line = new StringBuilder();
        for (var number = 0; number < denials.size(); number++) {
            var denial = shortened(denials.get(number));
            if (line.length() + denial.length() > LONGEST) {
                return line + "; and " + (denials.size() - number) + " more";
            }
            line.append(number == 0 ? "" : "; ").append(denial);
        }
        return line.toString();
    }

    private static String shortened(String denial) {
        return denial.length() <= LONGEST ? denial : denial.substring(0, LONGEST - 1) + "…";
    }

    private Stream<String> privileges() {
        return Stream.of(
                        denied(
                                container.privileged() && !policy.allowPrivileged(),
                                "privileged containers are not allowed (policy.allowPrivileged)"),
                        denied(
                                container.networkMode() == NetworkMode.HOST && !policy.allowHostNetwork(),
                                "host network is not allowed (policy.allowHostNetwork)"),
                        denied(
                                container.gpus() != null && !policy.allowGpus(),
                                "GPUs are not allowed (policy.allowGpus)"))
                .flatMap(Optional::stream);
    }

    private static Optional<String> denied(boolean is, String why) {
        return is ? Optional.of(why) : Optional.empty();
    }

    private Stream<String> image() {
        var unpullable = denied(
                policy.requirePull() && ImageReference.isImageId(container.image()),
                "image IDs cannot be pulled, which is required (policy.requirePull)");
        var other = policy.allowedImages() == null
                ? Optional.<String>empty()
                : AllowedImages.denial(container.image(), policy.allowedImages());
        return Stream.concat(unpullable.stream(), other.stream());
    }

    private Stream<String> volumes() {
        var paths = policy.allowedHostPaths().stream().map(HostPaths.Entry::of).toList();
        var names = globs(policy.allowedVolumes());
        return container.volumes().stream().flatMap(volume -> volume(volume, paths, names).stream());
    }

    private static Optional<String> volume(VolumeMount volume, List<HostPaths.Entry> paths, List<Glob> names) {
        if (volume.hostPath() != null) {
            return HostPaths.denial(paths, volume.hostPath(), volume.readOnly());
        }
        return denied(
                volume.volumeName() != null && !matchesAny(names, volume.volumeName()),
                "volume " + volume.volumeName() + " is not allowed (policy.allowedVolumes)");
    }

    private Stream<String> networks() {
        if (policy.allowedNetworks() == null) {
            return Stream.empty();
        }
        var names = globs(policy.allowedNetworks());
        return container.networks().stream()
                .filter(network -> !matchesAny(names, network.name()))
                .map(network -> "network " + network.name() + " is not allowed (policy.allowedNetworks)");
    }

    private Stream<String> capabilities() {
        if (container.capabilities() == null) {
            return Stream.empty();
        }
        var allowed = policy.allowedCapabilities().stream()
                .map(PolicyCheck::capability)
                .toList();
        return container.capabilities().add().stream()
                .map(PolicyCheck::capability)
                .filter(wanted -> !allowed.contains(wanted) && !allowed.contains(ALL_CAPABILITIES))
                .map(wanted -> "capability " + wanted + " is not allowed (policy.allowedCapabilities)");
    }

    /** Docker takes a capability with or without CAP_, in any case. */
    private static String capability(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith("CAP_") ? upper.substring(4) : upper;
    }

    private Stream<String> devices() {
        var allowed = policy.allowedDevices().stream().map(HostPaths::segments).toList();
        return container.devices().stream()
                .filter(device -> !allowed.contains(HostPaths.segments(device)))
                .map(device -> "device " + device + " is not allowed (policy.allowedDevices)");
    }

    /**
     * A CDI name may be that of any device of the machine. NVIDIA's driver takes several IDs in one, with commas between them.
     */
    private Stream<String> gpus() {
        return container.gpus() == null
                ? Stream.empty()
                : container.gpus().deviceIDs().stream()
                        .flatMap(ids -> Stream.of(ids.split(",")))
                        .map(String::strip)
                        .filter(id -> CdiDevice.isName(id) && !gpus.contains(id))
                        .map(id -> "CDI device " + id + " is not allowed (allocatable.gpus)");
    }

    private Stream<String> logging() {
        var logging = container.logging();
        if (logging == null) {
            return Stream.empty();
        }
        var allowed = policy.allowedLogDrivers().stream()
                .filter(entry -> entry.driver().equals(logging.driver()))
                .findFirst();
        if (allowed.isEmpty()) {
            return Stream.of("log driver " + logging.driver() + " is not allowed (policy.allowedLogDrivers)");
        }
        return logging.options().keySet().stream()
                .filter(option -> !allowed.get().options().contains(option))
                .sorted()
                .map(option -> "option " + option + " of log driver " + logging.driver()
                        + " is not allowed (policy.allowedLogDrivers)");
    }

    /** Made once for all names. */
    private static List<Glob> globs(List<String> written) {
        return written.stream().map(Glob::new).toList();
    }

    private static boolean matchesAny(List<Glob> globs, String name) {
        return globs.stream().anyMatch(glob -> glob.matches(name));
    }
}
