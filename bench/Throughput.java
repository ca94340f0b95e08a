import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How many jobs a second pass through the operator where the daemon costs nothing: a stand-in daemon, a real API server.
 * Usage: Throughput [JOBS [SLOTS]]; JFR=FILE in the environment records a profile.
 */
final class Throughput {
    public static void main(String[] args) throws Exception {
        var jobs = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
        var slots = args.length > 1 ? Integer.parseInt(args[1]) : 25;
        var folder = Files.createTempDirectory("longshore-bench");
        var socket = folder.resolve("docker.sock");
        var options = new ArrayList<>(List.of(System.getProperty("java", "-Xmx256m").split(" ")));
        var recording = System.getenv("JFR");
        if (recording != null) {
            options.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording);
        }
        try (var cluster = new Cluster();
                var daemon = new StandInDaemon(socket)) {
            alone(cluster, jobs);
            try (var operator = new Operator(cluster.kubeconfig(), "bench", folder.resolve("operator.log"), options)) {
                cluster.createHost("fast", socket, slots);
                for (var round = 0; round < Integer.getInteger("rounds", 3); round++) {
                    round(cluster, daemon, operator, jobs, round);
                }
            }
        }
        System.exit(0);
    }

    private static void alone(Cluster cluster, int jobs) throws InterruptedException {
        var writes = new WritesAlone(cluster);
        writes.run(jobs, 8, "warm-");
        for (var round = 0; round < 2; round++) {
            var processors = Processors.used();
            var seconds = writes.run(jobs, 16, "alone-" + round + "-");
            System.out.printf(
                    "the writes of %d jobs alone: %.1f s, %.0f jobs/s; processor ms a job: %s%n",
                    jobs, seconds, jobs / seconds, Processors.since(processors, jobs));
        }
        cluster.removeJobs();
    }

    private static void round(Cluster cluster, StandInDaemon daemon, Operator operator, int jobs, int round)
            throws Exception {
        var writes = cluster.writes();
        var requests = daemon.requests();
        var processors = Processors.used();
        try (var finishes = new Finishes(cluster.client())) {
            var began = System.nanoTime();
            cluster.createJobs(jobs, n -> Cluster.job("r" + round + "-" + n, "fast", "['true']"));
            var created = System.nanoTime();
            var took = finishes.await(jobs, Duration.ofMinutes(5)) - began;
            var delays = finishes.delays();
            System.out.printf(
                    "%d jobs: %.1f s, %.0f jobs/s; created in %.1f s; exit to status ms: median %d, 99th %d, worst %d;"
                            + " %.1f Docker calls a job; processor ms a job: %s%n",
                    jobs,
                    took / 1e9,
                    jobs / (took / 1e9),
                    (created - began) / 1e9,
                    delays.get(delays.size() / 2),
                    delays.get(delays.size() * 99 / 100),
                    delays.get(delays.size() - 1),
                    (daemon.requests() - requests) / (double) jobs,
                    Processors.since(processors, jobs));
            if (Boolean.getBoolean("metrics")) {
                System.out.println(operator.metrics());
            }
            cluster.writes().forEach((kind, count) -> {
                var more = count - writes.getOrDefault(kind, 0.0);
                if (more > jobs / 100.0) {
                    System.out.printf("  %-50s %.2f a job%n", kind, more / jobs);
                }
            });
        }
    }
}
