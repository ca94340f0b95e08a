import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerJob;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Many schedules of {@code * * * * *} on stand-in hosts: how long after the full minute their jobs are there and have ended, and
 * what the operator takes while they only wait. Usage: Schedules [SCHEDULES [MINUTES]].
 */
final class Schedules {
    private static final int HOSTS = 10;
    private static final int SLOTS = 10;
    private static final int WAITING_MINUTES = 3;

    private final int schedules;
    private final int minutes;
    /** When a job was received, and when as finished, by its name. */
    private final Map<String, Instant> created = new ConcurrentHashMap<>();

    private final Map<String, Instant> finished = new ConcurrentHashMap<>();

    private Schedules(String[] args) {
        schedules = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
        minutes = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    }

    public static void main(String[] args) throws Exception {
        new Schedules(args).run();
        System.exit(0);
    }

    private void run() throws Exception {
        var folder = Files.createTempDirectory("longshore-bench");
        var daemons = new ArrayList<StandInDaemon>();
        try (var cluster = new Cluster();
                var operator = new Operator(cluster.kubeconfig(), "schedules", folder.resolve("operator.log"))) {
            for (var n = 0; n < HOSTS; n++) {
                var socket = folder.resolve(n + ".sock");
                daemons.add(new StandInDaemon(socket));
                cluster.createHost("host-" + n, socket, SLOTS);
            }
            for (var n = 0; n < HOSTS; n++) {
                cluster.awaitReady("host-" + n);
            }
            Cluster.inParallel(
                    8, schedules, n -> cluster.client().resource(schedule(n)).create());
            waiting(operator);
            try (var watch = cluster.client().resources(ContainerJob.class).watch(new Arrivals())) {
                resume(cluster);
                minutes(cluster, operator);
            }
        } finally {
            for (var daemon : daemons) {
                daemon.close();
            }
        }
    }

    /** They are due in half a year. */
    private static void waiting(Operator operator) throws InterruptedException {
        Thread.sleep(20_000);
        for (var minute = 1; minute <= WAITING_MINUTES; minute++) {
            var before = operator.processorTime();
            Thread.sleep(60_000);
            var took = operator.processorTime().minus(before);
            System.out.printf("waiting, minute %d: %.2f %% of a core%n", minute, took.toMillis() / 600.0);
        }
    }

    private void resume(Cluster cluster) throws InterruptedException {
        awaitSecond(5);
        Cluster.inParallel(
                8,
                schedules,
                n -> cluster.client()
                        .resources(ContainerCronJob.class)
                        .withName("tick-" + n)
                        .edit(cron -> {
                            cron.setSpec(schedule(n, "* * * * *").getSpec());
                            return cron;
                        }));
        System.out.printf("changed all in %.1f s%n", (Instant.now().toEpochMilli() % 60_000 - 5000) / 1e3);
    }

    private void minutes(Cluster cluster, Operator operator) throws InterruptedException {
        System.out.printf(
                "| minute | jobs | created: median, last after s | finished: median, last after s | processor s |%n");
        for (var minute = 0; minute < minutes; minute++) {
            awaitSecond(0);
            var full = Instant.now().truncatedTo(ChronoUnit.MINUTES);
            var before = operator.processorTime();
            var writes = cluster.writes();
            Thread.sleep(55_000);
            var suffix = "-" + full.getEpochSecond() / 60;
            System.out.printf(
                    "| %s | %d | %s | %s | %.1f |%n",
                    full,
                    created.keySet().stream()
                            .filter(name -> name.endsWith(suffix))
                            .count(),
                    after(full, created, suffix),
                    after(full, finished, suffix),
                    operator.processorTime().minus(before).toMillis() / 1e3);
            System.out.print(cluster.writesSince(writes, schedules));
        }
    }

    private static String after(Instant full, Map<String, Instant> times, String suffix) {
        List<Double> sorted = times.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(suffix))
                .map(entry -> Duration.between(full, entry.getValue()).toMillis() / 1e3)
                .sorted()
                .toList();
        return sorted.isEmpty()
                ? "none"
                : "%.2f, %.2f (%d)"
                        .formatted(sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1), sorted.size());
    }

    private static void awaitSecond(int second) throws InterruptedException {
        var now = Instant.now().toEpochMilli() % 60_000;
        Thread.sleep((60_000 + second * 1000L - now) % 60_000);
    }

    private static ContainerCronJob schedule(int n) {
        return schedule(
                n,
                Instant.now()
                        .plus(Duration.ofDays(180))
                        .toString()
                        .substring(5, 7)
                        .replaceFirst("^0", "")
                        .replaceFirst("(.*)", "0 0 1 $1 *"));
    }

    private static ContainerCronJob schedule(int n, String schedule) {
        return Serialization.unmarshal("""
                apiVersion: longshore.dev/v1
                kind: ContainerCronJob
                metadata: {name: tick-%d}
                spec:
                  schedule: "%s"
                  successfulJobsHistoryLimit: 1
                  jobTemplate:
                    spec:
                      hostRef: {name: host-%d}
                      template: {image: "busybox:stable", command: ["true"]}
                """.formatted(n, schedule, n % HOSTS), ContainerCronJob.class);
    }

    /** As they are received. */
    private final class Arrivals implements Watcher<ContainerJob> {
        @Override
        public void eventReceived(Action action, ContainerJob job) {
            var name = job.getMetadata().getName();
            created.putIfAbsent(name, Instant.now());
            if (job.getStatus() != null && job.getStatus().finishedAt() != null) {
                finished.putIfAbsent(name, Instant.now());
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            System.err.println("the watch has ended: " + cause);
        }
    }
}
