package dev.longshore.simulation;

import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSpec;

/** Sees what happens to containers at the moment at which it does. */
interface Witness {
    void created(String container, ContainerSpec spec);

    void started(String host, ContainerSnapshot container, int runningThere);

    void removed(ContainerSnapshot container);

    /** It is to start, which may be refused. */
    void signaled(ContainerSnapshot container);

    /** A start is sent, which may not arrive: whoever sent it does not know. */
    void sent(String container);
}
