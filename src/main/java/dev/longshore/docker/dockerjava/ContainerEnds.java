package dev.longshore.docker.dockerjava;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;

/** Stops and removes containers. Safe for use by several threads. */
record ContainerEnds(DockerClient docker, Snapshots snapshots, EngineDialect dialect) {
    private static final String AT_ONCE = "SIGKILL";

    /** @param signal null for the container's own */
    void kill(String container, String signal) {
        try {
            var found = snapshots.inspect(container);
            if (found.isEmpty()) {
                return;
            }
            if (found.get().isPaused()) {
                // A signal would wait until someone unpauses it.
                docker.unpauseContainerCmd(container).exec();
            }
            docker.killContainerCmd(container)
                    .withSignal(signal == null ? found.get().stopSignal() : signal)
                    .exec();
        } catch (NotFoundException | ConflictException e) {
            // It has ended meanwhile.
            return;
        }
    }

    void remove(String container) {
        if (dialect.stopsToRemove()) {
            kill(container, AT_ONCE);
        }
        try {
            docker.removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            // It is gone.
            return;
        } catch (ConflictException e) {
            // Being removed by someone else.
            return;
        }
    }

    /** False where it runs, or is being removed. */
    boolean removeEnded(String container) {
        try {
            docker.removeContainerCmd(container).withRemoveVolumes(true).exec();
            return true;
        } catch (NotFoundException e) {
            return true;
        } catch (ConflictException e) {
            return false;
        }
    }
}
