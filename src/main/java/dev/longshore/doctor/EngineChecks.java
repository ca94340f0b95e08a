package dev.longshore.doctor;

import dev.longshore.docker.DaemonDetails;
import dev.longshore.docker.EngineInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a daemon is, and what it does with containers, images and logs. */
final class EngineChecks {
    private static final Set<String> READABLE = Set.of("json-file", "local", "journald");
    private static final double GIBI = 1L << 30;
    /** The oldest release of Docker that is tested. */
    private static final int OLDEST = 20;

    private static final int OLDEST_MINOR = 10;
    private static final Pattern VERSION = Pattern.compile("([0-9]{1,6})\\.([0-9]{1,6})");

    private EngineChecks() {}

    static List<Finding> of(EngineInfo engine, DaemonDetails details) {
        var findings = new ArrayList<Finding>();
        findings.add(engine(engine, details));
        findings.add(machine(engine));
        findings.add(Finding.ok("api", api(details) + ", Longshore uses " + engine.apiVersion()));
        findings.add(storage(details));
        findings.add(engine.kind() == EngineInfo.Kind.PODMAN ? PodmanChecks.logs(details) : logs(details));
        findings.add(restarts(engine, details));
        if (engine.kind() == EngineInfo.Kind.PODMAN) {
            findings.addAll(PodmanChecks.differences());
        }
        details.warnings().forEach(warning -> findings.add(Finding.note("daemon", warning)));
        return findings;
    }

    private static Finding engine(EngineInfo engine, DaemonDetails details) {
        var name = engine.kind().product()
                + (engine.version().isEmpty() ? "" : " " + engine.version())
                + (details.operatingSystem().isEmpty() ? "" : " on " + details.operatingSystem())
                + (details.kernel().isEmpty() ? "" : ", kernel " + details.kernel());
        return engine.kind() == EngineInfo.Kind.DOCKER && isOld(engine.version())
                ? Finding.warning(
                        "engine",
                        name + ": Longshore is tested with Docker 20.10 and later",
                        "upgrade to Docker 20.10 or later")
                : Finding.ok("engine", name);
    }

    private static boolean isOld(String version) {
        var parts = VERSION.matcher(version);
        if (!parts.lookingAt()) {
            return false;
        }
        var major = Integer.parseInt(parts.group(1));
        return major < OLDEST || major == OLDEST && Integer.parseInt(parts.group(2)) < OLDEST_MINOR;
    }

    private static Finding machine(EngineInfo engine) {
        var known = Stream.of(
                        Stream.of(engine.os(), engine.architecture())
                                .filter(part -> !part.isEmpty())
                                .collect(Collectors.joining("/")),
                        engine.cpus() > 0 ? engine.cpus() + " CPUs" : "",
                        engine.memory() > 0 ? "%.1fGiB of memory".formatted(engine.memory() / GIBI) : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return known.isEmpty() ? Finding.note("machine", "not reported") : Finding.ok("machine", known);
    }

    private static String api(DaemonDetails details) {
        return details.oldestApi().isEmpty()
                ? "up to " + details.newestApi()
                : details.oldestApi() + " to " + details.newestApi();
    }

    private static Finding storage(DaemonDetails details) {
        if (details.storageDriver().isEmpty()) {
            return Finding.note("storage", "the daemon reports no storage driver");
        }
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
                        "running containers end when the daemon restarts, without \"live-restore\": true in its daemon.json");
    }
}
