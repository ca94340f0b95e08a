package dev.longshore.job.placement;

import dev.longshore.job.queue.Capacity;
import dev.longshore.job.queue.Demand;
import dev.longshore.job.queue.GpuRequest;
import dev.longshore.job.queue.Lack;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what a job requests of a host and what is missing there. */
public final class RoomText {
    private static final String[] UNITS = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    private static final int NANO_DIGITS = 9;
    private static final int NAMED = 4;

    private RoomText() {}

    /** Such as "cpu 2, memory 4Gi", of what is lacking. */
    public static String requested(Demand demand, Set<Lack> lacks) {
        var parts = new ArrayList<String>();
        if (lacks.contains(Lack.CPU)) {
            parts.add("cpu " + cpu(demand.nanoCpus()));
        }
        if (lacks.contains(Lack.MEMORY)) {
            parts.add("memory " + memory(demand.memory()));
        }
        if (lacks.contains(Lack.GPUS)) {
            parts.add(gpus(demand.gpus()));
        }
        return String.join(", ", parts);
    }

    /** Why a job never fits. */
    static String excess(Demand demand, Capacity capacity) {
        return capacity.neverHas(demand).stream()
                .map(lack -> excess(demand, capacity, lack))
                .collect(Collectors.joining("; "));
    }

    private static String excess(Demand demand, Capacity capacity, Lack lack) {
        return switch (lack) {
            case CPU ->
                "requests cpu " + cpu(demand.nanoCpus()) + " of " + cpu(capacity.nanoCpus())
                        + " (spec.allocatable.cpu)";
            case MEMORY ->
                "requests memory " + memory(demand.memory()) + " of " + memory(capacity.memory())
                        + " (spec.allocatable.memory)";
            case GPUS ->
                "requests " + gpus(demand.gpus()) + " of "
                        + (capacity.gpus().isEmpty() ? "none" : named(capacity.gpus()))
                        + " (spec.allocatable.gpus)";
            case SLOT, NAMESPACE -> throw new IllegalArgumentException(lack + " is never exceeded");
        };
    }

    private static String gpus(GpuRequest gpus) {
        if (gpus.all()) {
            return "all GPUs";
        }
        List<String> ids = gpus.ids();
        if (ids.isEmpty()) {
            return gpus.count() == 1 ? "1 GPU" : gpus.count() + " GPUs";
        }
        return ids.size() == 1 ? "GPU " + ids.get(0) : "GPUs " + named(ids);
    }

    /** A tenant, or a host, may list many. */
    public static String named(List<String> gpus) {
        var some = String.join(", ", gpus.subList(0, Math.min(gpus.size(), NAMED)));
        return gpus.size() > NAMED ? some + " and " + (gpus.size() - NAMED) + " more" : some;
    }

    /** Cores, such as 2 or 500m. */
    public static String cpu(long nano) {
        var cores = BigDecimal.valueOf(nano, NANO_DIGITS);
        var milli = cores.movePointRight(3).setScale(0, RoundingMode.UP);
        return milli.remainder(BigDecimal.valueOf(1000)).signum() == 0
                ? milli.movePointLeft(3).toBigInteger().toString()
                : milli.toBigInteger() + "m";
    }

    /** Bytes, in the largest unit of which they are a whole number. */
    public static String memory(long bytes) {
        var unit = 0;
        var rest = bytes;
        while (rest != 0 && rest % 1024 == 0 && unit < UNITS.length - 1) {
            rest /= 1024;
            unit++;
        }
        return rest + UNITS[unit];
    }
}
