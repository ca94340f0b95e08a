package dev.longshore.job.attempt;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobLabels;
import dev.longshore.job.queue.Room;
import java.time.Duration;
import java.util.List;

/**
 * A container that waits for its binding to be stored.
 *
 * @param imageDigest of its image, or null: unknown, or fixed by an earlier attempt
 * @param warning what is to be reported of it then, or null
 * @param inputs the digest of what it was created with; null where another process created it
 * @param inputsRead when that was read, by this process's clock
 */
public record Prepared(
        ContainerSnapshot container,
        HostKey host,
        ContainerTemplateSpec effective,
        String imageDigest,
        String warning,
        String inputs,
        Duration inputsRead) {
    public Prepared {
        container = Observation.withoutEnvironment(container);
    }

    /** The IDs of the GPUs that it has for itself. */
    public List<String> gpus() {
        return JobLabels.gpusOf(container.labels());
    }

    /**
     * Whether it was created for this room: its host's policy, which limits it, may be another by now. One that was found started has
     * what it has: it is the attempt, whatever it was given.
     */
    public boolean holds(Room room) {
        if (container.state() != ContainerSnapshot.State.CREATED) {
            return true;
        }
        return Room.of(container.labels().get(JobLabels.ROOM), gpus())
                .map(room::equals)
                .orElse(gpus().equals(room.gpus()));
    }

    /** Whether this process has created it. */
    boolean isCreatedHere() {
        return inputs != null;
    }
}
