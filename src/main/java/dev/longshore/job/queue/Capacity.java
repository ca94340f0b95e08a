package dev.longshore.job.queue;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The room that jobs may take on a host in sum. A part that is null is not counted.
 *
 * @param nanoCpus billionths of a core
 * @param memory in bytes
 * @param gpus their IDs, in the order in which they are given to jobs
 */
public record Capacity(Long nanoCpus, Long memory, List<String> gpus) {
    public static final Capacity UNCOUNTED = new Capacity(null, null, null);

    /** By memory, CPU, number of GPUs; what is not counted is larger than anything. */
    public static final Comparator<Capacity> BY_SIZE = Comparator.comparing(
                    Capacity::memory, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Capacity::nanoCpus, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparingInt(capacity -> capacity.gpus() == null
                    ? Integer.MAX_VALUE
                    : capacity.gpus().size());

    public Capacity {
        gpus = gpus == null ? null : gpus.stream().distinct().toList();
    }

    /** What a job would lack even if nothing else ran there. */
    public Set<Lack> neverHas(Demand demand) {
        var lacks = EnumSet.noneOf(Lack.class);
        if (nanoCpus != null && demand.nanoCpus() > nanoCpus) {
            lacks.add(Lack.CPU);
        }
        if (memory != null && demand.memory() > memory) {
            lacks.add(Lack.MEMORY);
        }
        if (gpus != null && neverHas(demand.gpus())) {
            lacks.add(Lack.GPUS);
        }
        return lacks;
    }

    private boolean neverHas(GpuRequest wanted) {
        return wanted.count() > gpus.size()
                || wanted.all() && gpus.isEmpty()
                || !new HashSet<>(gpus).containsAll(wanted.ids());
    }
}
