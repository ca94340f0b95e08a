package dev.longshore.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What Longshore does with a daemon, and on which daemons it differs: the rows of docs/compatibility.md, which is generated from
 * this ({@code make compatibility}). Each is shown by a test ({@link Shows}), and each difference by {@link
 * #check}, which fails where there is none.
 */
public enum Capability {
    DAEMON_ID(
            "The daemon has an ID, by which it is recognized under another endpoint",
            on(
                    DaemonKind.PODMAN,
                    "it has another in each response; Longshore derives one from its host name and storage")),
    LIFE("A container is created, started once, inspected and removed; exit code, times and log are reported"),
    IMPOSSIBLE_COMMAND("A command that cannot be started is reported in the daemon's words"),
    NAME_TAKEN("A container name that is taken is a conflict"),
    STOP("Stop with the image's or the container's own signal, then with SIGKILL after the grace period"),
    BY_HAND("`docker stop` and `docker pause` by someone else are noticed"),
    EVENTS("Events, also those that were missed while disconnected"),
    RESTART("The operator is restarted: containers keep running, results arrive"),
    NETWORKS("Networks with aliases, several for a container"),
    NETWORK_NAMES(
            "Containers find each other by their aliases",
            on(DaemonKind.DOCKER_CGROUP2, "only because the kernel of this run lacks NAT")),
    NO_NETWORK("`networkMode: none`"),
    MOUNTS("Volumes, host paths and tmpfs with a size"),
    READ_ONLY_BELOW("What is mounted below a read-only host path is read-only"),
    MISSING_HOST_PATH("A host path that does not exist is refused", on(DaemonKind.PODMAN, "Podman creates it")),
    LIMITS("Limits for CPU, memory, PIDs and shared memory"),
    GPUS(
            "A request for GPUs is passed to the daemon, by number or ID",
            on(DaemonKind.PODMAN, "Podman may ignore it, and Longshore then refuses to run the job")),
    CDI(
            "GPUs as CDI devices: each container has those that it was given, and no other",
            on(DaemonKind.DOCKER_20, "Docker 20.10 has no CDI, and refuses to start the container"),
            on(
                    DaemonKind.PODMAN,
                    "Podman does not report what a container was created with, and Longshore refuses to run the job")),
    OUT_OF_MEMORY("What exceeds its memory is killed"),
    PROCESS("User, host name, extra hosts, working directory, environment, `init`"),
    PRIVILEGES("Capabilities, and a read-only root filesystem"),
    FILES("Secret files are readable by the user of the program alone"),
    LOG_TAIL("The end of the log, with secrets masked"),
    LOG_FOLLOWED("A log is followed to its end, over lost connections"),
    LOG_ROTATED(
            "A log that is rotated while it is followed is shown to its end; lines that were rotated away while the connection"
                    + " was lost are reported missing"),
    LOG_DRIVER_NONE("Log driver `none`: why the log cannot be read is reported"),
    LOG_DRIVERS(
            "Log drivers other than `json-file`, `journald` and `none`",
            on(DaemonKind.PODMAN, "Podman refuses to create the container")),
    LOG_OPTIONS("A log option that the driver does not have is refused", on(DaemonKind.PODMAN, "Podman ignores it")),
    PULL("A pull from a registry that does not respond is ended"),
    PULL_CANCELED("A pull that is canceled ends on the daemon, too"),
    PLATFORM("`platform`"),
    USAGE("Usage: memory, CPU time and network");

    private final String text;
    private final Map<DaemonKind, String> differences = new EnumMap<>(DaemonKind.class);

    Capability(String text, Difference... differences) {
        this.text = text;
        for (var difference : differences) {
            this.differences.put(difference.kind, difference.how);
        }
    }

    private record Difference(DaemonKind kind, String how) {}

    private static Difference on(DaemonKind kind, String how) {
        return new Difference(kind, how);
    }

    public String text() {
        return text;
    }

    /** How it is on that kind of daemon; empty: as it says. */
    public Optional<String> difference(DaemonKind kind) {
        return Optional.ofNullable(differences.get(kind));
    }

    /**
     * Asserts what it is, or, on a kind that differs, that it is not, and how it is instead. So a test fails as soon as the table
     * says of a daemon what is no longer so.
     */
    public void check(DaemonKind kind, Runnable works, Runnable differs) {
        var difference = difference(kind);
        if (difference.isEmpty()) {
            works.run();
            return;
        }
        assertThatThrownBy(works::run, "%s on %s is as on other daemons, not: %s", this, kind.title(), difference.get())
                .isNotNull();
        differs.run();
    }
}
