import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One job after the other on a daemon that does nothing else, and what a raw client can know of it, and do, at best. */
final class Quiet {
    private static final int JOBS = 40;
    private static final int RAW = 20;

    private final Cluster cluster;
    private final RawLoop raw;
    private final String socket;
    private final Results delays;

    Quiet(Cluster cluster, RawLoop raw, String socket, Results delays) {
        this.cluster = cluster;
        this.raw = raw;
        this.socket = socket;
        this.delays = delays;
    }

    void run() throws Exception {
        System.out.println("\nquiet: one job after the other, median, 99th");
        System.out.println("| network | exit to the daemon's event | to state and log read by a raw client"
                + " | to a status seen by a watch | raw create and start | submission to start |");
        System.out.println("|---|---|---|---|---|---|");
        for (var network : List.of("bridge", "none")) {
            quiet(network);
        }
    }

    private void quiet(String network) throws Exception {
        var floor = raw.delays(RAW, network);
        var host = "quiet-" + network;
        cluster.createHost(host, Path.of(socket), 10);
        cluster.awaitReady(host);
        var fields = "[sleep, '0.3']" + (network.equals("none") ? ", networkMode: none" : "");
        try (var finishes = new Finishes(cluster.client())) {
            for (var n = 0; n < JOBS; n++) {
                cluster.client()
                        .resource(Cluster.job(host + "-" + n, host, fields))
                        .create();
                finishes.await(n + 1, Duration.ofMinutes(1));
            }
            report(network, floor, finishes.delays(), finishes.startDelays());
        }
    }

    private void report(String network, List<RawLoop.Delays> floor, List<Long> results, List<Long> starts)
            throws Exception {
        var events = floor.stream().map(RawLoop.Delays::exitToEvent).toList();
        var known = floor.stream().map(RawLoop.Delays::exitToLogs).toList();
        var started = floor.stream().map(RawLoop.Delays::createToStart).toList();
        System.out.printf(
                "| %s | %s | %s | %s | %s | %s |%n",
                network,
                Figures.percentiles(events),
                Figures.percentiles(known),
                Figures.percentiles(results),
                Figures.percentiles(started),
                Figures.percentiles(starts));
        var cores = "quiet " + network;
        delays.addEach(known, cores, 1, "raw exit to log");
        delays.addEach(results, cores, 1, "exit to status");
        delays.addEach(started, cores, 1, "raw create to start");
        delays.addEach(starts, cores, 1, "submission to start");
    }
}
