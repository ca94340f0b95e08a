import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The operator with thousands of jobs, of which most are finished with full logs, a third waits, and some run on 20
 * stand-in daemons: how long it takes to be ready, what it holds in memory, what it does while nothing happens, and how
 * long one more job takes. Usage: Scale [TOTAL…], in rising order.
 */
final class Scale {
    private static final int HOSTS = 20;
    private static final Duration REST = Duration.ofSeconds(60);
    private static final int SAMPLE_SECONDS = Integer.getInteger("sampleSeconds", 10);
    private final Path folder;
    private final Cluster cluster;
    private final List<StandInDaemon> daemons = new ArrayList<>();
    private int finished;
    private int open;

    private Scale(Path folder, Cluster cluster) {
        this.folder = folder;
        this.cluster = cluster;
    }

    public static void main(String[] args) throws Exception {
        var totals = args.length > 0 ? args : new String[] {"1000", "5000", "15000"};
        try (var cluster = new Cluster()) {
            new Scale(Files.createTempDirectory("longshore-bench"), cluster).run(totals);
        }
        System.exit(0);
    }

    private void run(String[] totals) throws Exception {
        for (var n = 0; n <= HOSTS; n++) {
            var socket = folder.resolve(n + ".sock");
            daemons.add(new StandInDaemon(socket));
            // The last one is for the jobs that come in addition.
            cluster.createHost("host-" + n, socket, n < HOSTS ? 500 / HOSTS : 10);
        }
        System.out.println("| jobs: finished, waiting, running | ready after | live heap | resident | threads"
                + " | at rest: processor | at rest: API requests | Docker calls | one new job |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (var total : totals) {
            grow(Integer.parseInt(total));
            measure();
        }
    }

    private void grow(int total) throws Exception {
        createFinished(total * 2 / 3);
        var begin = open;
        open = total / 3;
        try (var operator = operator()) {
            cluster.createJobs(
                    open - begin,
                    n -> Cluster.job(
                            "open-" + (begin + n),
                            "host-" + (begin + n) % HOSTS,
                            "[sleep, '100000'], usage: {sampleSeconds: " + SAMPLE_SECONDS + "}"));
            awaitSettled(operator);
        }
    }

    private void createFinished(int wanted) throws InterruptedException {
        FinishedJobs.create(cluster, "finished-" + finished + "-", wanted - finished, n -> "host-0", List.of());
        finished = wanted;
    }

    private Operator operator() throws Exception {
        return new Operator(
                cluster.kubeconfig(), "scale", folder.resolve("operator.log"), List.of("-Xmx256m"), List.of());
    }

    /** Until all slots are taken and no job is without a reason. */
    private void awaitSettled(Operator operator) throws Exception {
        var until = System.nanoTime() + Duration.ofMinutes(20).toNanos();
        while (operator.metric("longshore_jobs_queued") + operator.metric("longshore_jobs_running") < open
                || !isAtRest()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the operator does not come to rest, see " + folder);
            }
        }
    }

    /** Nothing was written for some seconds. */
    private boolean isAtRest() throws InterruptedException {
        var before = writes();
        Thread.sleep(3000);
        return writes() == before;
    }

    private double writes() {
        return cluster.writes().entrySet().stream()
                .filter(write -> !write.getKey().contains("leases/"))
                .mapToDouble(write -> write.getValue())
                .sum();
    }

    private void measure() throws Exception {
        try (var operator = operator()) {
            awaitSettled(operator);
            // What runs at rest is compiled by then.
            Thread.sleep(REST.toMillis());
            var heap = operator.liveHeapMib();
            var processor = operator.processorTime();
            var requests = longshoreRequests();
            var calls = daemons.stream().mapToLong(StandInDaemon::requests).sum();
            Thread.sleep(REST.toMillis());
            var share = operator.processorTime().minus(processor).toMillis() * 100.0 / REST.toMillis();
            var requested = longshoreRequests() - requests;
            var called = daemons.stream().mapToLong(StandInDaemon::requests).sum() - calls;
            System.out.printf(
                    "| %d, %.0f, %.0f | %.1f s | %d MiB | %d MiB | %d | %.2f %% of a core | %.0f a minute | %d a minute | %d ms |%n",
                    finished,
                    operator.metric("longshore_jobs_queued"),
                    operator.metric("longshore_jobs_running"),
                    operator.untilReady().toMillis() / 1e3,
                    heap,
                    operator.residentMib(),
                    operator.threads(),
                    share,
                    requested,
                    called,
                    oneMore(5));
        }
    }

    private double longshoreRequests() {
        return cluster.requests("longshore.dev") + cluster.requests("events.k8s.io") + cluster.requests("secrets");
    }

    /** The median of some jobs, one after the other: from the request that creates it until a watch sees its result. */
    private long oneMore(int jobs) throws Exception {
        var times = new ArrayList<Long>();
        for (var n = 0; n < jobs; n++) {
            var job = Cluster.job("more-" + finished + "-" + n, "host-" + HOSTS, "['true']");
            try (var finishes = new Finishes(cluster.client())) {
                var began = System.nanoTime();
                var created = cluster.client().resource(job).create();
                times.add((finishes.await(1, Duration.ofMinutes(1)) - began) / 1_000_000);
                cluster.client().resource(created).delete();
            }
        }
        times.sort(null);
        return times.get(times.size() / 2);
    }
}
