package dev.longshore.cli.output;

import dev.longshore.client.JobStats;
import dev.longshore.client.UsageStats;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What a table of statistics says of usage. */
public final class UsageColumns {
    private UsageColumns() {}

    public static Columns<JobStats> add(Columns<JobStats> columns) {
        return columns.add("MEASURED", of(usage -> Integer.toString(usage.measured())))
                .add("PEAK-MEMORY", of(usage -> StatusText.bytes(usage.peakMemoryBytes())))
                .add("MEMORY-LIMIT", of(usage -> range(usage.memoryLimits())))
                .add("CPU-TIME", of(usage -> StatusText.seconds(usage.cpuSeconds())))
                .add("CORES", of(usage -> cores(usage.meanCores())))
                .add("CPU-LIMIT", of(usage -> range(usage.cpuLimits())))
                .add("RECEIVED", of(usage -> StatusText.bytes(usage.networkReceivedBytes())))
                .add("SENT", of(usage -> StatusText.bytes(usage.networkSentBytes())))
                .add("HINT", of(usage -> String.join("; ", usage.hints())));
    }

    private static Function<JobStats, String> of(Function<UsageStats, String> cell) {
        return stats -> cell.apply(stats.usage());
    }

    private static String range(List<Quantity> limits) {
        if (limits.isEmpty()) {
            return null;
        }
        var lowest = limits.get(0).toString();
        return limits.size() == 1 ? lowest : lowest + "-" + limits.get(limits.size() - 1);
    }

    private static String cores(Double cores) {
        return cores == null ? null : String.format(Locale.ROOT, "%.2f", cores);
    }
}
