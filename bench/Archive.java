import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobLogArchive;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the log archive costs: the makespan of jobs of {@code true} without and with it, beside a raw loop, in turn; then one
 * long log through an operator with a heap of 128 MiB. Usage: Archive [GIB [JOBS [ROUNDS]]].
 */
final class Archive {
    private static final String SOCKET = "/var/run/docker.sock";
    private static final int AT_ONCE = 10;
    private static final String LONG = """
            apiVersion: longshore.dev/v1
            kind: ContainerJob
            metadata: {name: long}
            spec:
              hostRef: {name: local}
              template:
                image: "busybox:stable"
                networkMode: none
                logs: {archiveMaxBytes: 100Gi}
                command: [sh, -c, "yes 'a line of a program that writes very much, %s' | head -c %d"]
            """;

    private final long gib;
    private final int jobs;
    private final int rounds;
    private final Path folder = Files.createTempDirectory("longshore-bench");
    private final Path store = Files.createDirectory(folder.resolve("archive"));
    private int created;

    private Archive(String[] args) throws Exception {
        gib = args.length > 0 ? Long.parseLong(args[0]) : 5;
        jobs = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    }

    public static void main(String[] args) throws Exception {
        var bench = new Archive(args);
        bench.makespan();
        bench.longLog();
        System.exit(0);
    }

    private Operator operator(Cluster cluster, String instance, List<String> java, boolean archives) throws Exception {
        return new Operator(
                cluster.kubeconfig(),
                instance,
                folder.resolve("operator.log"),
                java,
                archives ? List.of("--log-archive", "file://" + store) : List.of());
    }

    private void makespan() throws Exception {
        var raw = new ArrayList<Double>();
        var without = new ArrayList<Double>();
        var with = new ArrayList<Double>();
        try (var loop = new RawLoop(SOCKET)) {
            loop.run(jobs, AT_ONCE);
            for (var round = 0; round <= rounds; round++) {
                raw.add(loop.run(jobs, AT_ONCE).toMillis() / 1e3);
                without.add(through(loop, false));
                with.add(through(loop, true));
            }
        }
        System.out.printf(
                "%d jobs of true, %d at once, seconds: raw %s; without archive %s; with archive %s%n",
                jobs, AT_ONCE, text(raw), text(without), text(with));
    }

    /** Until the last result is there, by a new operator on a new cluster, after as many jobs to warm up. */
    private double through(RawLoop loop, boolean archives) throws Exception {
        try (var cluster = new Cluster();
                var operator = operator(cluster, "archive", List.of(), archives)) {
            cluster.createHost("local", Path.of(SOCKET), AT_ONCE);
            cluster.awaitReady("local");
            round(cluster);
            var seconds = round(cluster);
            while (loop.containers(cluster.instance("archive")) > 0) {
                Thread.sleep(5);
            }
            return seconds;
        }
    }

    private double round(Cluster cluster) throws Exception {
        var prefix = "job-" + created++ + "-";
        try (var finishes = new Finishes(cluster.client())) {
            var began = System.nanoTime();
            cluster.createJobs(jobs, n -> Cluster.job(prefix + n, "local", "['true']"));
            return (finishes.await(jobs, Duration.ofMinutes(5)) - began) / 1e9;
        }
    }

    private void longLog() throws Exception {
        try (var cluster = new Cluster();
                var operator = operator(cluster, "long", List.of("-Xmx128m"), true)) {
            cluster.createHost("local", Path.of(SOCKET), AT_ONCE);
            cluster.awaitReady("local");
            var bytes = gib << 30;
            cluster.client()
                    .resource(Serialization.unmarshal(LONG.formatted("x".repeat(40), bytes), ContainerJob.class))
                    .create();
            try (var finishes = new Finishes(cluster.client())) {
                finishes.await(1, Duration.ofHours(1));
            }
            var began = System.nanoTime();
            var processor = operator.processorTime();
            var archive = archived(cluster);
            var seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    "%d GiB of log with -Xmx128m: %.0f s from result to archive, %.0f MB/s; object %.0f MB; processor %.0f s;"
                            + " most resident %d MiB; %s%n",
                    gib,
                    seconds,
                    bytes / 1e6 / seconds,
                    archive.bytes() / 1e6,
                    operator.processorTime().minus(processor).toMillis() / 1e3,
                    operator.mostResidentMib(),
                    archive);
        }
    }

    private static JobLogArchive archived(Cluster cluster) throws InterruptedException {
        while (true) {
            var job = cluster.client()
                    .resources(ContainerJob.class)
                    .withName("long")
                    .get();
            var archive = job.getStatus().logs().archive();
            if (archive != null) {
                return archive;
            }
            Thread.sleep(100);
        }
    }

    private static String text(List<Double> figures) {
        return figures.stream().map("%.1f"::formatted).collect(Collectors.joining(", "));
    }
}
