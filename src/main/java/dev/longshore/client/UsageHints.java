package dev.longshore.client;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Hints about limits that the jobs of a template come close to, or are far below. */
final class UsageHints {
    /** From here on a limit is close. */
    static final double CLOSE = 0.9;
    /** Margin above the peak memory, which may have been higher between two samples. */
    static final double MARGIN = 1.5;
    /** A memory limit is high if at most this part of it is enough. */
    static final double HIGH_MEMORY = 0.5;
    /** A CPU limit is high if no job used more than this part of it on average. */
    static final double HIGH_CPU = 0.25;
    /** Fewer, of all jobs together, are not enough to call a limit high. */
    static final int FEWEST_SAMPLES = 5;

    private static final long MEBI = 1 << 20;
    private static final long SMALLEST = 16;
    private static final int MEBIS_OF_A_GIBI = 1024;

    private UsageHints() {}

    static List<String> of(List<JobUse> uses) {
        return Stream.of(memory(uses), cpu(uses)).flatMap(Optional::stream).toList();
    }

    private static Optional<String> memory(List<JobUse> uses) {
        var limited = uses.stream().filter(use -> use.partOfMemory() != null).toList();
        var killed = limited.stream().filter(JobUse::ranOutOfMemory).toList();
        if (!killed.isEmpty()) {
            var limit = highest(killed, use -> JobUse.amount(use.memoryLimit())).memoryLimit();
            return Optional.of("memory limit " + limit + ", " + jobs(killed.size()) + " OOM killed: raise it");
        }
        if (limited.isEmpty()) {
            return Optional.empty();
        }
        var closest = highest(limited, JobUse::partOfMemory);
        if (closest.partOfMemory() >= CLOSE) {
            return Optional.of(
                    "memory limit " + closest.memoryLimit() + ", peak " + mebi(closest.memory()) + ": raise it");
        }
        var peak = highest(limited, JobUse::memory).memory();
        var enough = enough(peak);
        var lowest = lowest(limited, JobUse::memoryLimit);
        var isHigh = enough * MEBI <= HIGH_MEMORY * JobUse.amount(lowest).doubleValue();
        return isHigh && isObserved(limited)
                ? Optional.of(
                        "memory limit " + lowest + ", peak " + mebi(peak) + ": " + mebi(enough * MEBI) + " is enough")
                : Optional.empty();
    }

    private static Optional<String> cpu(List<JobUse> uses) {
        var limited = uses.stream().filter(use -> use.partOfCpu() != null).toList();
        if (limited.isEmpty()) {
            return Optional.empty();
        }
        var closest = highest(limited, JobUse::partOfCpu);
        if (closest.partOfCpu() >= CLOSE) {
            return Optional.of(
                    "cpu limit " + closest.cpuLimit() + ", highest average " + cores(closest.cores()) + ": raise it");
        }
        var most = highest(limited, JobUse::cores).cores();
        var lowest = lowest(limited, JobUse::cpuLimit);
        var isHigh = most <= HIGH_CPU * JobUse.amount(lowest).doubleValue();
        return isHigh && isObserved(limited)
                ? Optional.of("cpu limit " + lowest + ", highest average " + cores(most) + ": can be lowered")
                : Optional.empty();
    }

    private static boolean isObserved(List<JobUse> uses) {
        return uses.stream().mapToInt(JobUse::samples).sum() >= FEWEST_SAMPLES;
    }

    /** In MiB: the next of 16, 24, 32, 48, 64, 96 and so on that leaves a margin. */
    private static long enough(long peak) {
        var wanted = MARGIN * peak / MEBI;
        var size = SMALLEST;
        while (size < wanted) {
            // 16 to 24 to 32: by a half from a power of two, else to the next.
            size = Long.bitCount(size) == 1 ? size + size / 2 : size / 3 * 4;
        }
        return size;
    }

    private static <T extends Comparable<T>> JobUse highest(List<JobUse> uses, Function<JobUse, T> what) {
        return uses.stream().max(Comparator.comparing(what)).orElseThrow();
    }

    private static Quantity lowest(List<JobUse> uses, Function<JobUse, Quantity> limit) {
        return uses.stream()
                .map(limit)
                .filter(Objects::nonNull)
                .min(Comparator.comparing(JobUse::amount))
                .orElseThrow();
    }

    private static String jobs(int number) {
        return number == 1 ? "1 job" : number + " jobs";
    }

    /** Rounded up, as a limit is written. */
    private static String mebi(long bytes) {
        var mebis = (bytes + MEBI - 1) / MEBI;
        return mebis >= MEBIS_OF_A_GIBI && mebis % MEBIS_OF_A_GIBI == 0 ? mebis / MEBIS_OF_A_GIBI + "Gi" : mebis + "Mi";
    }

    private static String cores(double cores) {
        return (long) Math.ceil(1000 * cores) + "m";
    }
}
