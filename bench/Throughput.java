import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * How many jobs a second pass through the operator where the daemon costs nothing: a stand-in daemon, a real API server.
 * Beside it what the API server takes of the same writes with nobody who runs the jobs. Usage: Throughput [JOBS [SLOTS]].
 */
final class Throughput {
    private static final int ROUNDS = 3;

    public static void main(String[] args) throws Exception {
        var jobs = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
        var slots = args.length > 1 ? Integer.parseInt(args[1]) : 25;
        var folder = Files.createTempDirectory("longshore-bench");
        var socket = folder.resolve("docker.sock");
        try (var cluster = new Cluster();
                var daemon = new StandInDaemon(socket)) {
            alone(cluster, jobs);
            try (var operator = new Operator(cluster.kubeconfig(), "bench", folder.resolve("operator.log"))) {
                cluster.createHost("fast", socket, slots);
                for (var round = 0; round < ROUNDS; round++) {
                    round(cluster, daemon, jobs, "all at once, " + round, jobs);
                }
                var profile = ApiServerProfile.begin(cluster.client());
                for (var round = 0; round < ROUNDS; round++) {
                    round(cluster, daemon, jobs, slots + " at once, " + round, slots);
                }
                profile.join();
            }
        }
        System.exit(0);
    }

    private static void alone(Cluster cluster, int jobs) throws InterruptedException {
        var writes = new WritesAlone(cluster);
        writes.run(jobs, 8, "warm-");
        for (var round = 0; round < 2; round++) {
            var processors = Processors.used();
            double seconds;
            // Watched once, as the jobs below are by whoever awaits their results.
            try (var finishes = new Finishes(cluster.client())) {
                seconds = writes.run(jobs, 16, "alone-" + round + "-");
            }
            System.out.printf(
                    "the writes of %d jobs alone: %.1f s, %.0f jobs/s; processor ms a job: %s%n",
                    jobs, seconds, jobs / seconds, Processors.since(processors, jobs));
        }
        cluster.removeJobs();
    }

    /** @param open how many jobs at most there are at once that are not finished */
    private static void round(Cluster cluster, StandInDaemon daemon, int jobs, String name, int open) throws Exception {
        var writes = cluster.writes();
        var requests = daemon.requestCounts().now();
        var processors = Processors.used();
        var prefix = name.replaceAll("[ ,]+", "-") + "-";
        var places = new Semaphore(open);
        try (var finishes = new Finishes(cluster.client(), "", places::release)) {
            var began = System.nanoTime();
            cluster.createJobs(jobs, n -> {
                places.acquireUninterruptibly();
                return Cluster.job(prefix + n, "fast", "['true']");
            });
            var seconds = (finishes.await(jobs, Duration.ofMinutes(5)) - began) / 1e9;
            System.out.printf(
                    "%d jobs, %s: %.1f s, %.0f jobs/s; exit to status: %s; Docker calls a job: %s; processor ms a job: %s%n",
                    jobs,
                    name,
                    seconds,
                    jobs / seconds,
                    finishes.summary(),
                    daemon.requestCounts().since(requests, jobs),
                    Processors.since(processors, jobs));
        }
        System.out.print(cluster.writesSince(writes, jobs));
    }
}
