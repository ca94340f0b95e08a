package dev.longshore.job.status;

import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.Failure;

/** How a job ended. */
public record JobResult(JobPhase phase, JobReason reason, String message) {
    private static final int SIGNALLED = 128;
    private static final String LOST =
            "; the daemon lost track of it while it restarted, so this may not be its own exit code";

    private static final String UNKNOWN =
            "the daemon does not know when and how the container ended: its machine was restarted while it ran";

    static JobResult canceled(String message) {
        return new JobResult(JobPhase.CANCELLED, JobReason.CANCEL_REQUESTED, message);
    }

    public static JobResult failed(JobReason reason, String message) {
        return new JobResult(JobPhase.FAILED, reason, message);
    }

    public static JobResult failed(Failure failure) {
        return failed(failure.reason(), failure.message());
    }

    /** Where several hold: canceled, then timed out, then out of memory, then the exit code. */
    public static JobResult ofExit(
            ContainerSnapshot container, boolean canceled, boolean timedOut, Integer timeoutSeconds) {
        var exit = container.exitCode() == null ? -1 : container.exitCode();
        if (canceled) {
            return canceled("cancel requested; container exited with code " + exit);
        }
        if (timedOut) {
            return failed(
                    JobReason.TIMED_OUT, "timed out after " + timeoutSeconds + "s (timeoutSeconds); exit code " + exit);
        }
        if (container.exitCode() == null && container.finishedAt() == null) {
            return failed(JobReason.CONTAINER_LOST, UNKNOWN);
        }
        if (container.oomKilled() && exit != 0) {
            return failed(JobReason.OOM_KILLED, "out of memory; exit code " + exit + "; raise resources.limits.memory");
        }
        if (exit == 0) {
            return new JobResult(JobPhase.COMPLETED, JobReason.COMPLETED, "container exited with code 0");
        }
        return failed(
                JobReason.NON_ZERO_EXIT,
                "container exited with code " + exit + signal(exit) + (container.exitUncertain() ? LOST : ""));
    }

    private static String signal(int exit) {
        return exit > SIGNALLED && exit <= SIGNALLED + 64 ? " (signal " + (exit - SIGNALLED) + ")" : "";
    }
}
