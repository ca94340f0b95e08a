package dev.longshore.doctor;

import dev.longshore.docker.DaemonDetails;
import dev.longshore.docker.EngineInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a daemon is, and what it does with containers, images and logs. */
final class EngineChecks {
    private static final Set<String> READABLE = Set.of("json-file", "local", "journald");
    private static final double GIBI = 1L << 30;

    private EngineChecks() {}

    static List<Finding> of(EngineInfo engine, DaemonDetails details) {
        var findings = new ArrayList<Finding>();
        findings.add(Finding.ok("engine", name(engine, details)));
        findings.add(Finding.ok("machine", machine(engine)));
        findings.add(Finding.ok(
                "api", details.oldestApi() + " to " + details.newestApi() + ", Longshore uses " + engine.apiVersion()));
        findings.add(storage(details));
        findings.add(engine.kind() == EngineInfo.Kind.PODMAN ? PodmanChecks.logs(details) : logs(details));
        findings.add(restarts(engine, details));
        if (engine.kind() == EngineInfo.Kind.PODMAN) {
            findings.addAll(PodmanChecks.differences());
        }
        details.warnings().forEach(warning -> findings.add(Finding.note("daemon", warning)));
        return findings;
    }

    private static String name(EngineInfo engine, DaemonDetails details) {
        return engine.kind().product() + " " + engine.version() + " on " + details.operatingSystem() + ", kernel "
                + details.kernel();
    }

    private static String machine(EngineInfo engine) {
        return "%s/%s, %d CPUs, %.1fGiB of memory"
                .formatted(engine.os(), engine.architecture(), engine.cpus(), engine.memory() / GIBI);
    }

    private static Finding storage(DaemonDetails details) {
        var detail = details.storageDriver() + (details.containerdStore() ? ", images in containerd's store" : "");
        return details.storageDriver().equals("vfs")
                ? Finding.warning(
                        "storage",
                        detail + ": every container is a complete copy of its image",
                        "use the storage driver overlay2 (Docker) or overlay (Podman)")
                : Finding.ok("storage", detail);
    }

    private static Finding logs(DaemonDetails details) {
        var driver = details.logDriver();
        if (driver.isEmpty()) {
            return Finding.note("logs", "the daemon reports no default log driver");
        }
        if (driver.equals("none")) {
            return Finding.warning(
                    "logs",
                    "log driver none keeps no logs: excerpts, archives and longshore logs stay empty",
                    "make local, json-file or journald the daemon's log driver, or name one in spec.logging"
                            + " of the templates, as policy.allowedLogDrivers of the DockerHost admits");
        }
        return READABLE.contains(driver)
                ? Finding.ok("logs", "log driver " + driver + ", can be read")
                : Finding.note("logs", "log driver " + driver + ", can be read from the daemon's own copy only");
    }

    private static Finding restarts(EngineInfo engine, DaemonDetails details) {
        if (engine.kind() == EngineInfo.Kind.PODMAN) {
            return Finding.ok("restarts", "containers continue while the service restarts");
        }
        if (details.liveRestore() == null) {
            return Finding.note("restarts", "live-restore is not reported");
        }
        return details.liveRestore()
                ? Finding.ok("restarts", "live-restore: containers continue while the daemon restarts")
                : Finding.note(
                        "restarts",
                        "running containers end when the daemon restarts",
                        "set \"live-restore\": true in the daemon's daemon.json");
    }
}
