package dev.longshore.job;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import java.util.Optional;

/** Knows which containers that no job needs any more have to stay for a while all the same. From any thread. */
public interface ContainerHolds {
    ContainerHolds NONE = new ContainerHolds() {
        @Override
        public boolean isNew(HostKey host, ContainerSnapshot container) {
            return false;
        }

        @Override
        public boolean holds(HostKey host, ContainerSnapshot container, Optional<ContainerJob> job) {
            return false;
        }
    };

    /** Whether a container has ended, and this process has not yet checked whether its log is in the archive. */
    boolean isNew(HostKey host, ContainerSnapshot container);

    /**
     * Whether it has to stay, since its log is owed to the archive or it is kept. What is to be done about that is begun, and the
     * container is reported as unwanted once it may go.
     *
     * @param container its labels name a namespace that is watched
     * @param job as the API server has it; nothing where it is gone
     */
    boolean holds(HostKey host, ContainerSnapshot container, Optional<ContainerJob> job);
}
