package dev.longshore.job.queue;

/**
 * The room that a job takes on a host.
 *
 * @param nanoCpus billionths of a core
 * @param memory in bytes
 */
public record Demand(long nanoCpus, long memory, GpuRequest gpus) {
    public static final Demand NONE = new Demand(0, 0, GpuRequest.NONE);
}
