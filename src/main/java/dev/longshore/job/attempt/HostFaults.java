package dev.longshore.job.attempt;

import dev.longshore.docker.DockerRefusedException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Whose fault it may be that a daemon refused. */
public final class HostFaults {
    /** The runtime's own error where the machine has no process left: nothing has run. */
    private static final String NO_PROCESS = "resource temporarily unavailable";

    /** The machine lacks something, whatever status the daemon has for that. */
    private static final List<String> MACHINE = List.of(
            "no space left on device",
            "disk quota exceeded",
            "device or resource busy",
            "too many open files",
            "cannot allocate memory",
            NO_PROCESS);

    /** The image has no such program, or it cannot be executed; some daemons have no status of their own for that. */
    private static final List<String> COMMAND = List.of(
            "executable file not found",
            "exec format error",
            "command that was not found",
            "exec user process caused",
            "starting container process caused: exec:",
            "unable to start container process: exec:");

    /** It is set up before anything of the container runs. */
    private static final String LOG_DRIVER = "failed to initialize logging driver";

    private HostFaults() {}

    /** Whether the machine lacks something, by the daemon's message. */
    public static boolean isMachines(DockerRefusedException refused) {
        return mentions(refused, MACHINE);
    }

    /** Whether it may be the host's, so that the same may be taken another time, or by another host. */
    public static boolean mayBeHosts(DockerRefusedException refused) {
        if (isMachines(refused)) {
            return true;
        }
        return (refused.isServerError() || refused.isTooManyRequests()) && !mentions(refused, COMMAND);
    }

    /** Whether the container's log driver, or what it sends to, does not work as configured. */
    public static boolean isLogDrivers(DockerRefusedException refused) {
        return mentions(refused, List.of(LOG_DRIVER)) && !isMachines(refused);
    }

    /**
     * Whether a container whose start was refused may have run. A daemon that dies between starting it and storing that has
     * it as created when it is back, while containerd below still knows it.
     */
    public static boolean mayHaveRun(DockerRefusedException refused) {
        return mentions(refused, List.of("task ")) && mentions(refused, List.of("already exists"))
                || mentions(
                        refused,
                        List.of(
                                "id already in use",
                                "container with id exists",
                                "container with given id already exists"));
    }

    /** Whether the container is being removed. */
    public static boolean isRemoval(DockerRefusedException refused) {
        return mentions(refused, List.of("marked for removal"));
    }

    /**
     * Whether the container was surely not started. The daemon passes on what came from below, and where it lost its connection
     * to that, its refusal proves nothing.
     */
    public static boolean isForCertain(DockerRefusedException refused) {
        if (mentions(refused, List.of(LOG_DRIVER))) {
            return true;
        }
        var others = message(refused).replace(NO_PROCESS, "");
        return Stream.of(
                        "deadline exceeded",
                        "timeout",
                        "timed out",
                        "context canceled",
                        "transport",
                        "ttrpc",
                        "eof",
                        "connection re",
                        "broken pipe",
                        "unavailable",
                        "shim disconnected",
                        "shim exited")
                .noneMatch(others::contains);
    }

    private static boolean mentions(DockerRefusedException refused, List<String> message) {
        return message.stream().anyMatch(message(refused)::contains);
    }

    private static String message(DockerRefusedException refused) {
        return refused.getMessage() == null ? "" : refused.getMessage().toLowerCase(Locale.ROOT);
    }
}
