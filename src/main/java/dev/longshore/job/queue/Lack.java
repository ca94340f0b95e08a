package dev.longshore.job.queue;

/** What keeps a job from its turn on a host. */
public enum Lack {
    SLOT,
    CPU,
    MEMORY,
    GPUS,
    /** Its namespace has as many jobs there as it may have. */
    NAMESPACE;

    /** Whether it is a part of {@code spec.allocatable}. */
    public boolean isRoom() {
        return this == CPU || this == MEMORY || this == GPUS;
    }
}
