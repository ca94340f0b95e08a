import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Jobs of {@code true} through kubectl and the operator, beside a raw loop over the Docker API that does the same work with
 * as many at once, in turn on the same daemon. Usage: Beside [JOBS [ROUNDS [SOCKET]]].
 */
final class Beside {
    private final int jobs;
    private final int rounds;
    private final String socket;
    private final Path folder = Files.createTempDirectory("longshore-bench");
    private int created;

    private Beside(String[] args) throws IOException {
        jobs = args.length > 0 ? Integer.parseInt(args[0]) : 60;
        rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        socket = args.length > 2 ? args[2] : "/var/run/docker.sock";
    }

    public static void main(String[] args) throws Exception {
        new Beside(args).run();
    }

    private void run() throws Exception {
        try (var cluster = new Cluster();
                var raw = new RawLoop(socket);
                var operator = new Operator(cluster.kubeconfig(), "beside", folder.resolve("operator.log"))) {
            warmUp(cluster);
            raw.run(jobs, 10);
            through(cluster, raw, 10);
            quiet(cluster, raw, "bridge");
            quiet(cluster, raw, "none");
            System.out.println("| at once | raw, s | Longshore, s | ratio | until removed"
                    + " | the machine's processor time a job: raw, Longshore | exit to status: median, 99th |");
            System.out.println("|---|---|---|---|---|---|---|");
            for (var atOnce : new int[] {1, 5, 10, 25}) {
                compare(cluster, raw, atOnce);
            }
            System.out.println();
            costs(cluster, operator, raw);
        }
    }

    /** An operator runs for weeks: until Java has compiled what it runs, it does not show what it can do. */
    private void warmUp(Cluster cluster) throws Exception {
        var stand = folder.resolve("stand-in.sock");
        var jobs = 500;
        try (var daemon = new StandInDaemon(stand);
                var finishes = new Finishes(cluster.client())) {
            cluster.createHost("stand-in", stand, 25);
            cluster.createJobs(jobs, n -> Cluster.job("warm-" + n, "stand-in", "['true']"));
            finishes.await(jobs, Duration.ofMinutes(5));
            cluster.client().resources(dev.longshore.api.ContainerJob.class).delete();
            while (!cluster.client()
                    .resources(dev.longshore.api.ContainerJob.class)
                    .list()
                    .getItems()
                    .isEmpty()) {
                Thread.sleep(500);
            }
            cluster.client().resources(dev.longshore.api.DockerHost.class).delete();
        }
    }

    private record Passed(double seconds, double untilRemoved, List<Long> delays) {}

    private void compare(Cluster cluster, RawLoop raw, int atOnce) throws Exception {
        var loops = new ArrayList<Double>();
        var ours = new ArrayList<Double>();
        var removed = new ArrayList<Double>();
        var processors = new ArrayList<Double>();
        var ourProcessors = new ArrayList<Double>();
        var delays = new ArrayList<Long>();
        for (var round = 0; round < rounds; round++) {
            var before = Processors.machineMillis();
            loops.add(raw.run(jobs, atOnce).toMillis() / 1e3);
            var between = Processors.machineMillis();
            var passed = through(cluster, raw, atOnce);
            processors.add((between - before) / (double) jobs);
            ourProcessors.add((Processors.machineMillis() - between) / (double) jobs);
            ours.add(passed.seconds());
            removed.add(passed.untilRemoved());
            delays.addAll(passed.delays());
        }
        delays.sort(null);
        System.out.printf(
                "| %d | %s | %s | %.2f | %.2f | %.0f ms, %.0f ms | %d ms, %d ms |%n",
                atOnce,
                text(loops),
                text(ours),
                median(ours) / median(loops),
                median(removed) / median(loops),
                median(processors),
                median(ourProcessors),
                delays.get(delays.size() / 2),
                delays.get(delays.size() * 99 / 100));
    }

    /** From the start of kubectl until a watch has seen the last result, and until the last container is gone. */
    private Passed through(Cluster cluster, RawLoop raw, int atOnce) throws Exception {
        var host = "host-" + created++;
        cluster.createHost(host, Path.of(socket), atOnce);
        cluster.awaitReady(host);
        var manifest = Files.writeString(
                folder.resolve(host + ".yaml"),
                IntStream.range(0, jobs)
                        .mapToObj(n -> Cluster.yaml(host + "-" + n, host, "['true']"))
                        .collect(Collectors.joining("---\n")));
        try (var finishes = new Finishes(cluster.client())) {
            var began = System.nanoTime();
            var kubectl = new ProcessBuilder("kubectl", "create", "-f", manifest.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            kubectl.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
            var running = kubectl.start();
            var ended = finishes.await(jobs, Duration.ofMinutes(5));
            while (raw.containers(cluster.instance("beside")) > 0) {
                Thread.sleep(5);
            }
            var removed = System.nanoTime();
            running.waitFor();
            return new Passed((ended - began) / 1e9, (removed - began) / 1e9, finishes.delays());
        }
    }

    /** One job after the other, and what the daemon alone takes of it. */
    private void quiet(Cluster cluster, RawLoop raw, String network) throws Exception {
        var floor = raw.exitToLogs(20, network);
        var host = "quiet-" + network;
        cluster.createHost(host, Path.of(socket), 10);
        cluster.awaitReady(host);
        List<Long> delays;
        try (var finishes = new Finishes(cluster.client())) {
            for (var n = 0; n < 40; n++) {
                cluster.client()
                        .resource(Cluster.job(
                                host + "-" + n,
                                host,
                                "[sleep, '0.3']" + (network.equals("none") ? ", networkMode: none" : "")))
                        .create();
                finishes.await(n + 1, Duration.ofMinutes(1));
            }
            delays = finishes.delays();
        }
        System.out.printf(
                "quiet, network %s: exit to the daemon's event %d ms, to state and log read by a raw client %d ms,"
                        + " to a status seen by a watch: median %d ms, worst %d ms%n%n",
                network,
                floor.stream().map(times -> times[0]).sorted().toList().get(10),
                floor.stream().map(times -> times[1]).sorted().toList().get(10),
                delays.get(delays.size() / 2),
                delays.get(delays.size() - 1));
    }

    /** What one more round costs, of short jobs and of longer ones. */
    private void costs(Cluster cluster, Operator operator, RawLoop raw) throws Exception {
        var writes = cluster.writes();
        var calls = operator.metric("longshore_docker_call_seconds_count");
        through(cluster, raw, 10);
        System.out.printf(
                "%.1f Docker calls a job%n", (operator.metric("longshore_docker_call_seconds_count") - calls) / jobs);
        System.out.print(cluster.writesSince(writes, jobs));
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    private static String text(List<Double> figures) {
        return figures.stream().map("%.1f"::formatted).collect(Collectors.joining(", "));
    }
}
