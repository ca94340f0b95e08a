package dev.longshore.doctor;

import dev.longshore.docker.DaemonDetails;
import dev.longshore.docker.EngineInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which limits of containers have an effect, and with whose rights they run. */
final class IsolationChecks {
    private static final String DELEGATE =
            "; for a rootless daemon delegate the controller to its user, with systemd and cgroup v2";

    private static final int DEVICES_NAMED = 8;

    private IsolationChecks() {}

    static List<Finding> of(EngineInfo engine, DaemonDetails details) {
        var findings = new ArrayList<Finding>();
        findings.add(cgroups(details));
        if (!details.cgroupDriver().equals("none")) {
            limit("memory", "resources.limits.memory", details.limitsMemory()).ifPresent(findings::add);
            limit("cpu", "resources.limits.cpu", details.limitsCpu()).ifPresent(findings::add);
            limit("pids", "pidsLimit", details.limitsProcesses()).ifPresent(findings::add);
        }
        if (Boolean.TRUE.equals(details.limitsMemory()) && Boolean.FALSE.equals(details.limitsSwap())) {
            findings.add(Finding.note("limits", "memory limits do not cover swap"));
        }
        findings.add(rights(details));
        findings.add(engine.kind() == EngineInfo.Kind.PODMAN ? PodmanChecks.gpus() : gpus(engine.devices(), details));
        return findings;
    }

    private static Finding cgroups(DaemonDetails details) {
        var detail = "version " + (details.cgroupVersion().isEmpty() ? "1" : details.cgroupVersion())
                + (details.cgroupDriver().isEmpty() ? "" : ", driver " + details.cgroupDriver());
        return details.cgroupDriver().equals("none")
                ? Finding.warning(
                        "cgroups",
                        detail + ": no limit of containers has an effect",
                        "use cgroup v2 with systemd, and delegate its controllers to the daemon's user")
                : Finding.ok("cgroups", detail);
    }

    /** @param works null where the daemon does not report it */
    private static Optional<Finding> limit(String controller, String field, Boolean works) {
        return Boolean.FALSE.equals(works)
                ? Optional.of(Finding.warning(
                        "limits",
                        field + " has no effect: the machine has no cgroup controller " + controller,
                        "enable the cgroup controller " + controller + " on the daemon's machine" + DELEGATE))
                : Optional.empty();
    }

    private static Finding rights(DaemonDetails details) {
        if (details.securityOptions().contains("rootless")) {
            return Finding.note(
                    "rights",
                    "rootless: host paths, devices and privileged have the rights of the daemon's user only, and"
                            + " networkMode host is a network of that user's own");
        }
        if (details.securityOptions().contains("userns")) {
            return Finding.note(
                    "rights",
                    "userns-remap: root of a container is another user on the machine, privileged and networkMode host are"
                            + " refused");
        }
        return Finding.ok("rights", "root: neither rootless nor userns-remap");
    }

    /** @param devices of the Container Device Interface, which may be others than GPUs */
    private static Finding gpus(List<String> devices, DaemonDetails details) {
        if (!devices.isEmpty()) {
            var more = devices.size() - DEVICES_NAMED;
            return Finding.ok(
                    "gpus",
                    "CDI devices discovered: "
                            + String.join(", ", devices.subList(0, Math.min(DEVICES_NAMED, devices.size())))
                            + (more > 0 ? " and " + more + " more" : ""));
        }
        return details.runtimes().contains("nvidia")
                ? Finding.ok("gpus", "the NVIDIA runtime is installed")
                : Finding.note(
                        "gpus",
                        "no NVIDIA runtime reported: for jobs with gpus, install the NVIDIA Container Toolkit on the daemon's"
                                + " machine");
    }
}
