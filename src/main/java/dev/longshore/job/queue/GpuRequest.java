package dev.longshore.job.queue;

import java.util.List;

/** The GPUs that a job requests: so many, all that a host has, or these. */
public record GpuRequest(int count, boolean all, List<String> ids) {
    public static final GpuRequest NONE = new GpuRequest(0, false, List.of());

    public GpuRequest {
        ids = ids.stream().distinct().toList();
    }

    public boolean any() {
        return count > 0 || all || !ids.isEmpty();
    }
}
