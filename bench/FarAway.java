import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;

/**
 * A daemon whose answers come late, as from far away: jobs through the operator beside a raw loop over the same connection, in
 * turn. Usage: FarAway [MILLIS [ROUNDS [JOBS [SECONDS [SOCKET]]]]]: the delay of each answer, for how long each job runs, and a real
 * daemon instead of the stand-in.
 */
final class FarAway {
    private static final int[] AT_ONCE = {10, 25, 100};

    private final int millis;
    private final int rounds;
    private final int jobs;
    private final String command;
    private final String real;
    private final Path folder = Files.createTempDirectory("longshore-bench");
    private final Path near = folder.resolve("near.sock");
    private final Path far = folder.resolve("far.sock");
    private final Results results =
            new Results("far", "daemon", "delay_ms", "at_once", "round", "jobs", "raw_s", "longshore_s", "writes_s");
    private int created;

    private FarAway(String[] args) throws Exception {
        millis = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        jobs = args.length > 2 ? Integer.parseInt(args[2]) : 300;
        command = args.length > 3 && !args[3].equals("0") ? "sleep " + args[3] : "true";
        real = args.length > 4 ? args[4] : null;
    }

    public static void main(String[] args) throws Exception {
        new FarAway(args).run();
        System.exit(0);
    }

    private void run() throws Exception {
        try (var cluster = new Cluster();
                var daemon = new StandInDaemon(near);
                var relay = new Relay(real == null ? near : Path.of(real), far, Duration.ofMillis(millis));
                var raw = new RawLoop(far.toString(), command)) {
            var alone = alone(cluster);
            try (var operator = new Operator(cluster.kubeconfig(), "far", folder.resolve("operator.log"))) {
                WarmUp.run(cluster, folder);
                // What is far away is another machine.
                try (var cores = real == null ? null : Cores.pinned(real)) {
                    table(cluster, operator, raw, alone);
                }
            }
        }
    }

    private void table(Cluster cluster, Operator operator, RawLoop raw, double alone) throws Exception {
        System.out.printf(
                "%n%d ms before each answer of %s, %d jobs of `%s`, %d rounds: median (range); writes alone: %.1f s%n",
                millis, daemonName(), jobs, command, rounds, alone);
        System.out.println("| at once | raw, s | Longshore, s: from the first job seen to the last result | ratio"
                + " | Docker calls a job | processor ms a job"
                + " | exit to status: median, 99th |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (var atOnce : AT_ONCE) {
            compare(cluster, operator, raw, atOnce, alone);
        }
    }

    private String daemonName() {
        return real == null ? "a stand-in" : "dockerd";
    }

    /** Seconds that the API server takes for the writes: no operator can be quicker, however near the daemon is. */
    private double alone(Cluster cluster) throws InterruptedException {
        var writes = new WritesAlone(cluster);
        writes.run(jobs, 10, "warm-up-");
        var seconds = writes.run(jobs, 16, "alone-");
        cluster.removeJobs();
        return seconds;
    }

    private void compare(Cluster cluster, Operator operator, RawLoop raw, int atOnce, double alone) throws Exception {
        var loops = new ArrayList<Double>();
        var ours = new ArrayList<Double>();
        var processors = new ArrayList<String>();
        var delays = new ArrayList<Long>();
        var calls = operator.metric("longshore_docker_call_seconds_count");
        for (var round = 0; round < rounds; round++) {
            loops.add(raw.run(jobs, atOnce).toMillis() / 1e3);
            var used = Processors.used();
            try (var finishes = new Finishes(cluster.client())) {
                ours.add(through(cluster, finishes, atOnce));
                delays.addAll(finishes.delays());
            }
            processors.add(Processors.since(used, jobs));
            results.add(daemonName(), millis, atOnce, round, jobs, loops.get(round), ours.get(round), alone);
        }
        System.out.printf(
                "| %d | %s | %s | %.2f | %.1f | %s | %s |%n",
                atOnce,
                Figures.range(loops, 1),
                Figures.range(ours, 1),
                Figures.median(ours) / Figures.median(loops),
                (operator.metric("longshore_docker_call_seconds_count") - calls) / (jobs * rounds),
                processors.get(rounds - 1),
                Figures.percentiles(delays));
    }

    private double through(Cluster cluster, Finishes finishes, int atOnce) throws Exception {
        var host = "host-" + created++;
        cluster.createHost(host, far, atOnce);
        cluster.awaitReady(host);
        cluster.createJobs(jobs, n -> Cluster.job(host + "-" + n, host, "['" + command.replace(" ", "', '") + "']"));
        return (finishes.await(jobs, Duration.ofMinutes(10)) - finishes.first()) / 1e9;
    }
}
