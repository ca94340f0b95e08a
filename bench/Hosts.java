import dev.longshore.api.ContainerJob;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A fleet: many stand-in daemons, steady load on all of them, thousands of finished jobs, and in the second half of the time some more
 * daemons that accept connections and requests and answer none. Usage: Hosts [HOSTS [MINUTES [JOBS_PER_HOUR [FINISHED]]]].
 */
final class Hosts {
    private static final String HEAP = "-Xmx512m";
    private static final Duration REST = Duration.ofSeconds(60);
    /** One in so many is to fall silent, in addition to the others. */
    private static final int SILENT = 20;
    /** What a job leaves goes a minute after it, so that there are always as many. */
    private static final String JOB = """
            apiVersion: longshore.dev/v1
            kind: ContainerJob
            metadata: {name: %s-%d}
            spec:
              hostRef: {name: %s}
              template: {image: "busybox:stable", command: %s}
              ttlSecondsAfterFinished: 60
            """;

    private static final List<String> COMMANDS = List.of("['true']", "[sleep, '10']", "[echo, '4096']", "['false']");

    private final int hosts;
    private final int silent;
    private final int minutes;
    private final int jobsPerHour;
    private final int finished;
    private final Path folder = Files.createTempDirectory("longshore-bench");
    private final Cluster cluster = new Cluster();
    private final List<StandInDaemon> daemons = new ArrayList<>();
    private final List<StandInDaemon> falling = new ArrayList<>();
    private int submitted;

    private Hosts(String[] args) throws Exception {
        hosts = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        minutes = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        jobsPerHour = args.length > 2 ? Integer.parseInt(args[2]) : 20_000;
        finished = args.length > 3 ? Integer.parseInt(args[3]) : 10_000;
        silent = Math.max(1, hosts / SILENT);
    }

    public static void main(String[] args) throws Exception {
        var bench = new Hosts(args);
        try (bench.cluster) {
            bench.run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        System.out.printf(
                "%d hosts and %d that fall silent, %d minutes of %d jobs an hour, %d finished jobs, %s%n",
                hosts, silent, minutes, jobsPerHour, finished, HEAP);
        FinishedJobs.create(cluster, "finished-", finished, n -> "host-" + n % hosts, List.of());
        Footprint before;
        try (var operator = operator()) {
            rest();
            before = Footprint.of(operator);
            System.out.println("without hosts: " + before);
        }
        createHosts("host-", hosts, daemons);
        createHosts("silent-", silent, falling);
        var began = System.nanoTime();
        try (var operator = operator()) {
            var ready = operator.untilReady().toMillis() / 1e3;
            awaitHosts(operator);
            var schedulable = (System.nanoTime() - began) / 1e9;
            System.out.printf("ready after %.1f s, all hosts after %.1f s%n", ready, schedulable);
            var atRest = atRest(operator);
            var now = Footprint.of(operator);
            System.out.printf("with hosts: %s%na host: %s%n", now, now.perHost(before, hosts + silent));
            var profile = ApiServerProfile.begin(cluster.client());
            var without = load(operator, "a");
            profile.join();
            falling.forEach(StandInDaemon::silence);
            var with = load(operator, "b");
            var end = Footprint.of(operator);
            System.out.printf("at the end: %s; at most %d MiB resident%n", end, operator.mostResidentMib());
            save(ready, schedulable, now, end, atRest, without, with);
        }
    }

    private Operator operator() throws Exception {
        return new Operator(cluster.kubeconfig(), "hosts", folder.resolve("operator.log"), List.of(HEAP), List.of());
    }

    private void createHosts(String prefix, int number, List<StandInDaemon> into) throws Exception {
        for (var n = 0; n < number; n++) {
            into.add(new StandInDaemon(folder.resolve(prefix + n)));
        }
        Cluster.inParallel(8, number, n -> cluster.createHost(prefix + n, folder.resolve(prefix + n), 10));
    }

    private void awaitHosts(Operator operator) throws Exception {
        var until = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        while (operator.metric("longshore_host_ready") < hosts + silent) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("not all hosts are ready, see " + folder);
            }
            Thread.sleep(100);
        }
    }

    private void rest() throws InterruptedException {
        Thread.sleep(Math.min(REST.toMillis(), minutes * 10_000L));
    }

    private record Rest(double requests, double calls, double processor) {}

    /** A minute, or shorter if all is to be short, in which nobody submits anything. */
    private Rest atRest(Operator operator) throws Exception {
        // Until what the start led to is written.
        rest();
        var processor = operator.processorTime();
        var requests = requests();
        var calls = calls();
        var began = System.nanoTime();
        rest();
        var inMinutes = (System.nanoTime() - began) / 60e9;
        var rest = new Rest(
                (requests() - requests) / inMinutes,
                (calls() - calls) / inMinutes,
                operator.processorTime().minus(processor).toNanos() / 60e9 / inMinutes * 100);
        System.out.printf(
                "at rest: %.0f API requests a minute, %.0f Docker calls a minute, %.2f %% of a core%n",
                rest.requests(), rest.calls(), rest.processor());
        return rest;
    }

    private double requests() {
        return cluster.requests("longshore.dev") + cluster.requests("events.k8s.io") + cluster.requests("secrets");
    }

    private long calls() {
        return daemons.stream().mapToLong(StandInDaemon::requests).sum()
                + falling.stream().mapToLong(StandInDaemon::requests).sum();
    }

    private record Load(List<Long> starts, List<Long> results, double processor) {}

    /** Half of the time: jobs in turn on all hosts; those on hosts that answer count, and all of them have to finish. */
    private Load load(Operator operator, String phase) throws Exception {
        var pause = 3600e9 / jobsPerHour * hosts / (hosts + silent);
        var number = (int) (minutes * 30e9 / pause);
        var counted = 0;
        var processor = operator.processorTime();
        try (var finishes = new Finishes(cluster.client(), phase, () -> {})) {
            var began = System.nanoTime();
            for (var n = 0; n < number; n++) {
                var wait = began + (long) (n * pause) - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(wait / 1_000_000);
                }
                counted += submit(phase) ? 1 : 0;
            }
            finishes.await(counted, Duration.ofMinutes(2));
            var load = new Load(
                    finishes.startDelays(),
                    finishes.delays(),
                    operator.processorTime().minus(processor).toNanos() / 1e6 / number);
            System.out.printf(
                    "%s %d silent hosts: %d jobs on the others; submission to start: %s; exit to status: %s;"
                            + " processor %.1f ms a job%n",
                    phase.equals("a") ? "before there are" : "beside",
                    silent,
                    counted,
                    Figures.percentiles(load.starts()),
                    Figures.percentiles(load.results()),
                    load.processor());
            return load;
        }
    }

    /** Whether it is on a host that answers all the time. */
    private boolean submit(String phase) {
        var at = submitted % (hosts + silent);
        var lasts = at < hosts;
        // The remainder alone would give each host always the same command.
        var command = COMMANDS.get((submitted + submitted / (hosts + silent)) % COMMANDS.size());
        cluster.client()
                .resource(Serialization.unmarshal(
                        JOB.formatted(
                                lasts ? phase : "silent",
                                submitted++,
                                lasts ? "host-" + at : "silent-" + (at - hosts),
                                command),
                        ContainerJob.class))
                .create();
        return lasts;
    }

    private void save(
            double ready, double schedulable, Footprint now, Footprint end, Rest rest, Load without, Load with)
            throws Exception {
        new Results(
                        "hosts",
                        "hosts,minutes,ready_s,schedulable_s,threads,open_files,resident_mib,heap_mib",
                        "end_threads,end_open_files,end_resident_mib,end_heap_mib,scrape_bytes,scrape_gzip_bytes",
                        "rest_requests_per_minute,rest_calls_per_minute,rest_cpu_percent,job_cpu_ms",
                        "start_p50_ms,start_p99_ms,silent_start_p50_ms,silent_start_p99_ms")
                .add(
                        hosts,
                        minutes,
                        ready,
                        schedulable,
                        now.threads(),
                        now.openFiles(),
                        now.residentMib(),
                        now.heapMib(),
                        end.threads(),
                        end.openFiles(),
                        end.residentMib(),
                        end.heapMib(),
                        end.plain().bytes(),
                        end.zipped().bytes(),
                        rest.requests(),
                        rest.calls(),
                        rest.processor(),
                        without.processor(),
                        Figures.percentile(without.starts(), 50),
                        Figures.percentile(without.starts(), 99),
                        Figures.percentile(with.starts(), 50),
                        Figures.percentile(with.starts(), 99));
    }
}
