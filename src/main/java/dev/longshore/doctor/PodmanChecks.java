package dev.longshore.doctor;

import dev.longshore.docker.DaemonDetails;
import java.util.List;
import java.util.Set;

/** Where Podman is another than Docker. */
final class PodmanChecks {
    private static final Set<String> KEEP_NOTHING = Set.of("none", "passthrough", "passthrough-tty");
    /** Two names of one. */
    private static final Set<String> KEEP_ALL = Set.of("k8s-file", "json-file");

    private static final String USE = "log_driver = \"k8s-file\" in containers.conf";

    private PodmanChecks() {}

    static Finding logs(DaemonDetails details) {
        var driver = details.logDriver();
        if (driver.isEmpty()) {
            return Finding.note(
                    "logs",
                    "the log driver is not reported: podman info --format '{{.Host.LogDriver}}' shows it; recommended: "
                            + USE);
        }
        if (KEEP_NOTHING.contains(driver)) {
            return Finding.warning(
                    "logs",
                    "log driver " + driver + " keeps no logs: excerpts, archives and longshore logs stay empty",
                    "set " + USE
                            + ", or json-file in spec.logging of the templates, as policy.allowedLogDrivers of the DockerHost"
                            + " admits");
        }
        if (driver.equals("journald")) {
            return Finding.note(
                    "logs", "log driver journald drops lines of programs that write fast; recommended: " + USE);
        }
        return KEEP_ALL.contains(driver)
                ? Finding.ok("logs", "log driver " + driver + ", can be read")
                : Finding.note("logs", "log driver " + driver + "; recommended: " + USE);
    }

    static Finding gpus() {
        return Finding.note("gpus", "Podman ignores requests for GPUs: a job with gpus fails with CreateFailed");
    }

    static List<Finding> differences() {
        return List.of(
                Finding.note("host paths", "a hostPath that does not exist is created as an empty folder"),
                Finding.note(
                        "registries",
                        "a registry login of the machine serves every job: policy.requirePull does not protect images"));
    }
}
