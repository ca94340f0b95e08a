import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Jobs of {@code true} through kubectl and the operator, beside a raw loop over the Docker API that does the same work with
 * as many at once, in turn on the same daemon: first with the daemon on one core and everything else on another, then with all on
 * both. Usage: Beside [JOBS [ROUNDS [SOCKET]]]. Pinning the daemon takes root; without it those rounds are skipped.
 */
final class Beside {
    private static final int[] AT_ONCE = {1, 10, 25};
    private static final String INSTANCE = "beside";

    private final int jobs;
    private final int rounds;
    private final String socket;
    private final Path folder = Files.createTempDirectory("longshore-bench");
    private final Results makespans =
            new Results("makespan", "cores", "at_once", "round", "raw_s", "longshore_s", "kubectl_s", "removed_s");
    private final Results floors = new Results("floor", "at_once", "round", "writes_s");
    private final Results delays = new Results("delays", "cores", "at_once", "kind", "ms");
    private final Cluster cluster = new Cluster();
    private final RawLoop raw;
    private final Map<Integer, List<Double>> shared = new LinkedHashMap<>();
    private final Map<Integer, List<Double>> sharedRaw = new LinkedHashMap<>();
    private int created;

    private Beside(String[] args) throws Exception {
        jobs = args.length > 0 ? Integer.parseInt(args[0]) : 60;
        rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        socket = args.length > 2 ? args[2] : "/var/run/docker.sock";
        raw = new RawLoop(socket);
    }

    public static void main(String[] args) throws Exception {
        var bench = new Beside(args);
        try (bench.cluster;
                bench.raw) {
            bench.run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        System.out.println("options of the operator's Java: " + String.join(" ", Operator.imageOptions()));
        try (var operator = new Operator(cluster.kubeconfig(), INSTANCE, folder.resolve("operator.log"))) {
            WarmUp.run(cluster, folder);
            raw.run(jobs, 10);
            through(10);
            new Quiet(cluster, raw, socket, delays).run();
            pinned(operator);
            try (var cores = cores()) {
                if (cores != null) {
                    cores.share();
                }
                table(operator, "shared");
            }
            costs(operator);
        }
        floor();
    }

    private Cores cores() throws Exception {
        try {
            return new Cores(socket);
        } catch (IllegalStateException e) {
            System.out.println("cores are not set: " + e.getMessage());
            return null;
        }
    }

    private void pinned(Operator operator) throws Exception {
        try (var cores = Cores.pinned(socket)) {
            if (cores != null) {
                table(operator, "pinned");
            }
        }
    }

    private void table(Operator operator, String cores) throws Exception {
        raw.run(jobs, 10);
        through(10);
        System.out.printf("%n%s; %d jobs, %d rounds: median (range)%n", cores, jobs, rounds);
        System.out.println("| at once | raw, s | Longshore, s: from the first job seen to the last result | ratio: so,"
                + " from the start of kubectl, until the last container is removed"
                + " | the machine's processor time a job: raw, Longshore"
                + " | exit to status: median, 99th |");
        System.out.println("|---|---|---|---|---|---|");
        var own = ProcessHandle.current().pid();
        var before = new int[] {Operator.compiledMethods(operator.pid()), Operator.compiledMethods(own)};
        for (var atOnce : AT_ONCE) {
            compare(cores, atOnce);
        }
        System.out.printf(
                "compiled methods before and after these rounds: operator %d, %d; this program with the raw loop %d, %d%n",
                before[0], Operator.compiledMethods(operator.pid()), before[1], Operator.compiledMethods(own));
    }

    private record Passed(double seconds, double fromKubectl, double untilRemoved, List<Long> delays) {}

    private void compare(String cores, int atOnce) throws Exception {
        var loops = new ArrayList<Double>();
        var ours = new ArrayList<Passed>();
        var processors = new ArrayList<Double>();
        var ourProcessors = new ArrayList<Double>();
        for (var round = 0; round < rounds; round++) {
            var before = Processors.machineMillis();
            loops.add(raw.run(jobs, atOnce).toMillis() / 1e3);
            var between = Processors.machineMillis();
            var passed = through(atOnce);
            processors.add((between - before) / (double) jobs);
            ourProcessors.add((Processors.machineMillis() - between) / (double) jobs);
            ours.add(passed);
            makespans.add(
                    cores,
                    atOnce,
                    round,
                    loops.get(round),
                    passed.seconds(),
                    passed.fromKubectl(),
                    passed.untilRemoved());
            delays.addEach(passed.delays(), cores, atOnce, "exit to status");
        }
        if (cores.equals("shared")) {
            shared.put(atOnce, ours.stream().map(Passed::seconds).toList());
            sharedRaw.put(atOnce, loops);
        }
        System.out.printf("| %d | %s |%n", atOnce, cells(loops, ours, processors, ourProcessors));
    }

    private static String cells(
            List<Double> loops, List<Passed> ours, List<Double> processors, List<Double> ourProcessors) {
        var loop = Figures.median(loops);
        var seconds = ours.stream().map(Passed::seconds).toList();
        return "%s | %s | %.2f, %.2f, %.2f | %.0f ms, %.0f ms | %s"
                .formatted(
                        Figures.range(loops, 1),
                        Figures.range(seconds, 1),
                        Figures.median(seconds) / loop,
                        Figures.median(ours.stream().map(Passed::fromKubectl).toList()) / loop,
                        Figures.median(ours.stream().map(Passed::untilRemoved).toList()) / loop,
                        Figures.median(processors),
                        Figures.median(ourProcessors),
                        Figures.percentiles(ours.stream()
                                .flatMap(one -> one.delays().stream())
                                .toList()));
    }

    private Passed through(int atOnce) throws Exception {
        var host = "host-" + created++;
        cluster.createHost(host, Path.of(socket), atOnce);
        cluster.awaitReady(host);
        var manifest = Files.writeString(
                folder.resolve(host + ".yaml"),
                IntStream.range(0, jobs)
                        .mapToObj(n -> Cluster.yaml(host + "-" + n, host, "['true']"))
                        .collect(Collectors.joining("---\n")));
        try (var finishes = new Finishes(cluster.client())) {
            var kubectl = new ProcessBuilder("kubectl", "create", "-f", manifest.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            kubectl.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
            var began = System.nanoTime();
            var running = kubectl.start();
            var ended = finishes.await(jobs, Duration.ofMinutes(5));
            while (raw.containers(cluster.instance(INSTANCE)) > 0) {
                Thread.sleep(5);
            }
            var removed = System.nanoTime();
            running.waitFor();
            return new Passed(
                    (ended - finishes.first()) / 1e9,
                    (ended - began) / 1e9,
                    (removed - began) / 1e9,
                    finishes.delays());
        }
    }

    /** What one more round costs, while the API server profiles itself if that is wanted. */
    private void costs(Operator operator) throws Exception {
        var profile = ApiServerProfile.begin(cluster.client());
        var writes = cluster.writes();
        var calls = operator.metric("longshore_docker_call_seconds_count");
        var processors = Processors.used();
        through(10);
        System.out.printf(
                "%none more round, 10 at once: %.1f Docker calls a job; processor ms a job: %s; writes:%n%s",
                (operator.metric("longshore_docker_call_seconds_count") - calls) / jobs,
                Processors.since(processors, jobs),
                cluster.writesSince(writes, jobs));
        profile.join();
    }

    /** Where all share the cores nobody can be faster than the raw loop and the writes that are needed, without an operator. */
    private void floor() throws Exception {
        var alone = new WritesAlone(cluster);
        alone.run(10 * jobs, 10, "warm-up-");
        System.out.printf(
                "%nthe floor, shared: the raw loop, and what the API server alone takes of the writes that %d short jobs need%n",
                jobs);
        System.out.println("| at once | writes alone, s | floor, s | Longshore, s | Longshore : floor | floor : raw |");
        System.out.println("|---|---|---|---|---|---|");
        for (var atOnce : AT_ONCE) {
            var seconds = new ArrayList<Double>();
            for (var round = 0; round < rounds; round++) {
                seconds.add(alone.run(jobs, atOnce, "alone-" + atOnce + "-" + round + "-"));
                floors.add(atOnce, round, seconds.get(round));
            }
            var loop = Figures.median(sharedRaw.get(atOnce));
            var floor = loop + Figures.median(seconds);
            var ours = Figures.median(shared.get(atOnce));
            System.out.printf(
                    "| %d | %s | %.1f | %.1f | %.2f | %.2f |%n",
                    atOnce, Figures.range(seconds, 2), floor, ours, ours / floor, floor / loop);
        }
    }
}
