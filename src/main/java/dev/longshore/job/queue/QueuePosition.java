package dev.longshore.job.queue;

/** Where a job is in the queue of a host. */
public enum QueuePosition {
    /** It has a slot. */
    SLOT,
    /** All slots are in use, and it gets the next one that is released. */
    NEXT,
    WAITING
}
