import java.io.IOException;

/** What an operator's process holds. */
record Footprint(
        int threads, int openFiles, long residentMib, long heapMib, Operator.Scrape plain, Operator.Scrape zipped) {
    static Footprint of(Operator operator) throws IOException, InterruptedException {
        // The heap is the last: its collection would shrink what is resident.
        return new Footprint(
                operator.threads(),
                operator.openFiles(),
                operator.residentMib(),
                operator.liveHeapMib(),
                operator.scrape("identity"),
                operator.scrape("gzip"));
    }

    @Override
    public String toString() {
        return "%d threads, %d open files, %d MiB resident, %d MiB live heap; /metrics: %d KiB, %d KiB when gzip is accepted (%s)"
                .formatted(
                        threads,
                        openFiles,
                        residentMib,
                        heapMib,
                        plain.bytes() / 1024,
                        zipped.bytes() / 1024,
                        zipped.encoding());
    }

    /** What is more than before, for each of so many hosts. */
    String perHost(Footprint before, int hosts) {
        return "%.2f threads, %.2f open files, %.0f KiB resident, %.0f KiB live heap, %.1f KiB of /metrics"
                .formatted(
                        (threads - before.threads) / (double) hosts,
                        (openFiles - before.openFiles) / (double) hosts,
                        (residentMib - before.residentMib) * 1024.0 / hosts,
                        (heapMib - before.heapMib) * 1024.0 / hosts,
                        (plain.bytes() - before.plain.bytes()) / 1024.0 / hosts);
    }
}
