import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Jobs of mixed sizes on 3 stand-in hosts that have memory for some of them at once, with each strategy of their queues: what the
 * containers that run have requested in sum, and how long the largest job waits, which needs all of a host. Usage: Room [JOBS].
 */
final class Room {
    private static final int HOSTS = 3;
    private static final int ALLOCATABLE_GIB = 64;
    private static final int ALLOCATABLE_CPUS = 32;
    private static final int HOLD_SECONDS = 15;
    /** Created when so many in a hundred of the others are. */
    private static final int LARGEST_AT = 30;

    private static final Duration SAMPLE = Duration.ofMillis(100);
    private static final Pattern ROOM = Pattern.compile("cpu=(\\d+),memory=(\\d+).*");

    private final int jobs;
    private final Results samples = new Results("room", "strategy", "host", "seconds", "gib", "cpus");

    private Room(int jobs) throws Exception {
        this.jobs = jobs;
    }

    public static void main(String[] args) throws Exception {
        var room = new Room(args.length > 0 ? Integer.parseInt(args[0]) : 1000);
        System.out.printf(
                "| strategy | makespan | largest job waited | most memory of a host | most CPUs of a host |%n|---|---|---|---|---|%n");
        room.run("StrictFIFO");
        room.run("BestEffortFIFO");
        System.exit(0);
    }

    private void run(String strategy) throws Exception {
        var folder = Files.createTempDirectory("longshore-bench");
        var daemons = new ArrayList<StandInDaemon>();
        try (var cluster = new Cluster();
                var operator = new Operator(cluster.kubeconfig(), "room", folder.resolve("operator.log"))) {
            for (var n = 0; n < HOSTS; n++) {
                var socket = folder.resolve(n + ".sock");
                daemons.add(new StandInDaemon(socket));
                cluster.client().resource(host("host-" + n, socket, strategy)).create();
            }
            for (var n = 0; n < HOSTS; n++) {
                cluster.awaitReady("host-" + n);
            }
            var began = System.nanoTime();
            var most = new double[2];
            var sampler = new Thread(() -> sample(strategy, daemons, began, most), "sampler");
            sampler.setDaemon(true);
            sampler.start();
            create(cluster);
            while (operator.metric("longshore_jobs_finished_total") < jobs + 1) {
                Thread.sleep(100);
            }
            var makespan = (System.nanoTime() - began) / 1e9;
            sampler.interrupt();
            sampler.join();
            System.out.printf(
                    "| %s | %.1f s | %.1f s | %.1f of %d GiB | %.1f of %d |%n",
                    strategy, makespan, waited(cluster), most[0], ALLOCATABLE_GIB, most[1], ALLOCATABLE_CPUS);
        } finally {
            for (var daemon : daemons) {
                daemon.close();
            }
        }
    }

    private static double waited(Cluster cluster) {
        var largest = cluster.client()
                .resources(ContainerJob.class)
                .withName("largest")
                .get();
        return Duration.between(
                                Instant.parse(largest.getMetadata().getCreationTimestamp()),
                                Instant.parse(largest.getStatus().startedAt()))
                        .toMillis()
                / 1e3;
    }

    private static DockerHost host(String name, Path socket, String strategy) {
        return Serialization.unmarshal(
                """
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: %s, labels: {bench: room}}
                spec:
                  endpoint: "unix://%s"
                  maxConcurrentJobs: 100
                  allocatable: {cpu: "%d", memory: %dGi}
                  queueing: {strategy: %s, holdAfterSeconds: %d}
                """.formatted(name, socket, ALLOCATABLE_CPUS, ALLOCATABLE_GIB, strategy, HOLD_SECONDS),
                DockerHost.class);
    }

    /** The same ones for each strategy. */
    private void create(Cluster cluster) throws InterruptedException {
        var random = new Random(1);
        var all = new ArrayList<ContainerJob>();
        for (var n = 0; n < jobs; n++) {
            var gib = 1 << random.nextInt(5);
            all.add(job("job-" + n, 1.0 + 3 * random.nextDouble(), 1 << random.nextInt(3), gib));
        }
        var first = jobs * LARGEST_AT / 100;
        cluster.createJobs(first, all::get);
        cluster.createJobs(1, n -> job("largest", 2, ALLOCATABLE_CPUS, ALLOCATABLE_GIB));
        cluster.createJobs(jobs - first, n -> all.get(first + n));
    }

    private static ContainerJob job(String name, double seconds, int cpus, int gib) {
        return Serialization.unmarshal(String.format(Locale.ROOT, """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s}
                spec:
                  hostSelector: {matchLabels: {bench: room}}
                  template:
                    image: "busybox:stable"
                    command: [sleep, "%.2f"]
                    resources: {requests: {cpu: "%d", memory: %dGi}}
                """, name, seconds, cpus, gib), ContainerJob.class);
    }

    private void sample(String strategy, List<StandInDaemon> daemons, long began, double[] most) {
        try {
            while (true) {
                for (var n = 0; n < daemons.size(); n++) {
                    double cpus = 0;
                    double gib = 0;
                    for (var label : daemons.get(n).labelsOfRunning("longshore.dev/room")) {
                        var match = ROOM.matcher(label);
                        if (match.matches()) {
                            cpus += Long.parseLong(match.group(1)) / 1e9;
                            gib += Long.parseLong(match.group(2)) / (double) (1 << 30);
                        }
                    }
                    samples.add(strategy, "host-" + n, (System.nanoTime() - began) / 1e9, gib, cpus);
                    most[0] = Math.max(most[0], gib);
                    most[1] = Math.max(most[1], cpus);
                }
                Thread.sleep(SAMPLE.toMillis());
            }
        } catch (InterruptedException e) {
            // All have finished.
            return;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
