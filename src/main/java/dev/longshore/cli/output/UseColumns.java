package dev.longshore.cli.output;

import dev.longshore.api.ContainerJob;
import dev.longshore.cli.daemon.ContainerUse;
import dev.longshore.client.JobRequests;
import dev.longshore.job.HostKey;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What running jobs use, in tables and for machines. */
public final class UseColumns {
    private static final String NONE = "-";
    private static final int MILLI = 1000;

    private UseColumns() {}

    /**
     * A running job.
     *
     * @param use null where it could not be read
     */
    public record Row(ContainerJob job, ContainerUse use) {
        private JobRequests requests() {
            return JobRequests.of(job.getStatus().effective(), null);
        }

        public Optional<Double> cores() {
            return Optional.ofNullable(use).map(ContainerUse::cores);
        }

        public Optional<Long> memory() {
            return Optional.ofNullable(use).map(ContainerUse::memory);
        }
    }

    public static Columns<Row> at(Instant now) {
        return new Columns<Row>()
                .addOfAllNamespaces("NAMESPACE", row -> row.job().getMetadata().getNamespace())
                .add("NAME", row -> row.job().getMetadata().getName())
                .add("HOST", row -> JobColumns.host(row.job()))
                .add("CPU", row -> row.cores().map(UseColumns::milli).orElse(NONE))
                .add("CPU-REQUEST", amount(JobRequests::cpu))
                .add("CPU-LIMIT", amount(JobRequests::cpuLimit))
                .add("MEMORY", row -> row.memory().map(StatusText::bytes).orElse(NONE))
                .add("MEMORY-REQUEST", amount(JobRequests::memory))
                .add("MEMORY-LIMIT", amount(JobRequests::memoryLimit))
                .add("GPUS", UseColumns::gpus)
                .addWide("TEMPLATE", row -> JobColumns.template(row.job()))
                .addWide(
                        "CONTAINER",
                        row -> StatusText.shortId(row.job().getStatus().containerID()))
                .addWide("RUNNING", row -> Ages.since(row.job().getStatus().startedAt(), now));
    }

    private static Function<Row, String> amount(Function<JobRequests, Quantity> part) {
        return row -> Optional.ofNullable(part.apply(row.requests()))
                .map(Quantity::toString)
                .orElse(NONE);
    }

    private static String gpus(Row row) {
        var ids = row.job().getStatus().gpus();
        return ids.isEmpty() ? NONE : String.join(",", ids);
    }

    /** As kubectl top prints it. */
    private static String milli(double cores) {
        return Math.round(MILLI * cores) + "m";
    }

    /** For machines: quantities as in Kubernetes; what is not known or not set is null. */
    public static Map<String, Object> list(List<Row> rows) {
        return Map.of("items", rows.stream().map(UseColumns::item).toList());
    }

    private static Map<String, Object> item(Row row) {
        var requests = row.requests();
        var item = new LinkedHashMap<String, Object>();
        item.put("namespace", row.job().getMetadata().getNamespace());
        item.put("name", row.job().getMetadata().getName());
        item.put("host", HostKey.of(row.job().getStatus().host()).toString());
        item.put(
                "usage",
                amounts(
                        row.cores().map(UseColumns::milli).orElse(null),
                        row.memory().map(String::valueOf).orElse(null)));
        item.put("requests", amounts(requests.cpu(), requests.memory()));
        item.put("limits", amounts(requests.cpuLimit(), requests.memoryLimit()));
        item.put("gpus", row.job().getStatus().gpus());
        return item;
    }

    private static Map<String, Object> amounts(Object cpu, Object memory) {
        var amounts = new LinkedHashMap<String, Object>();
        amounts.put("cpu", cpu);
        amounts.put("memory", memory);
        return amounts;
    }
}
