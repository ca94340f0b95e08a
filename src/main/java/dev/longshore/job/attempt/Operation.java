package dev.longshore.job.attempt;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.ImagePull;
import java.time.Duration;

/** One piece of work on a daemon for one job. */
public sealed interface Operation {
    /** Which of them. */
    enum Kind {
        PREPARE,
        START,
        OBSERVE,
        STOP,
        REMOVE
    }

    /**
     * Create the container, pulling its image by imagePullPolicy.
     *
     * @param inputsRead when, by this process's clock
     */
    record Prepare(
            ContainerSpec container,
            ContainerTemplateSpec effective,
            PullMode pull,
            ImagePull image,
            ContainerInputs inputs,
            Duration inputsRead)
            implements Operation {
        @Override
        public String toString() {
            return "Prepare[" + container.name() + "]";
        }
    }

    /** Start the container if it was never started. */
    record Start(String container) implements Operation {}

    /** Inspect the container. */
    record Observe(String container) implements Operation {}

    /** Fetch the end of the log of one that has ended. */
    record ReadLog(String container) implements Operation {}

    /** Send the container's own stop signal. */
    record Stop(String container, StopCause cause) implements Operation {}

    /** Send SIGKILL. */
    record Kill(String container, StopCause cause) implements Operation {}

    /** Remove the container, unless it is in another state by now: someone else may have started it. */
    record Remove(String container, ContainerSnapshot.State state) implements Operation {
        public static Remove of(ContainerSnapshot container) {
            return new Remove(container.id(), container.state());
        }
    }

    /**
     * Remove whatever containers of the job there are, bound or not.
     *
     * @param keepOwed whether those stay whose log is owed to the archive
     */
    record RemoveAll(boolean keepOwed) implements Operation {}

    /** When to pull. */
    enum PullMode {
        ALWAYS,
        IF_NOT_PRESENT,
        NEVER
    }

    default Kind kind() {
        if (this instanceof Prepare) {
            return Kind.PREPARE;
        }
        if (this instanceof Start) {
            return Kind.START;
        }
        if (this instanceof Observe || this instanceof ReadLog) {
            return Kind.OBSERVE;
        }
        return this instanceof Stop || this instanceof Kill ? Kind.STOP : Kind.REMOVE;
    }
}
