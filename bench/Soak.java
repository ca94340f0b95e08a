import dev.longshore.api.ContainerJob;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Steady load on two stand-in daemons, with a restart of the operator every now and then, which is what it has to be
 * flat under. Usage: Soak [MINUTES [JOBS_A_SECOND [MINUTES_BETWEEN_RESTARTS]]].
 */
final class Soak {
    /** What a job leaves goes half a minute after it. */
    private static final String JOB = """
            apiVersion: longshore.dev/v1
            kind: ContainerJob
            metadata: {name: soak-%d}
            spec:
              hostRef: {name: host-%d}
              template: {image: "busybox:stable", command: %s, retry: {limit: 1, initialDelaySeconds: 1}}
              ttlSecondsAfterFinished: 30
            """;

    private static final List<String> COMMANDS = List.of("['true']", "[sleep, '1.5']", "[echo, '4096']", "['false']");

    private final Path folder = Files.createTempDirectory("longshore-bench");
    private final int minutes;
    private final double rate;
    private final int restart;
    private int submitted;
    private int attempts;
    private long counted;

    private Soak(String[] args) throws Exception {
        minutes = args.length > 0 ? Integer.parseInt(args[0]) : 60;
        rate = args.length > 1 ? Double.parseDouble(args[1]) : 3;
        restart = args.length > 2 ? Integer.parseInt(args[2]) : 10;
    }

    public static void main(String[] args) throws Exception {
        new Soak(args).run();
        System.exit(0);
    }

    private void run() throws Exception {
        try (var cluster = new Cluster();
                var one = new StandInDaemon(folder.resolve("0.sock"));
                var other = new StandInDaemon(folder.resolve("1.sock"));
                var finishes = new Finishes(cluster.client())) {
            cluster.createHost("host-0", folder.resolve("0.sock"), 10);
            cluster.createHost("host-1", folder.resolve("1.sock"), 10);
            System.out.println(
                    "| minute | jobs | live heap | resident | threads | open files | containers | job resources |");
            System.out.println("|---|---|---|---|---|---|---|---|");
            for (var minute = 0; minute < minutes; minute += restart) {
                try (var operator = new Operator(cluster.kubeconfig(), "soak", folder.resolve("operator.log"))) {
                    for (var n = 1; n <= restart; n++) {
                        load(cluster, finishes);
                        report(minute + n, cluster, operator, one.containers() + other.containers());
                    }
                    finishes.await(submitted, Duration.ofMinutes(2));
                    Thread.sleep(2000);
                    counted += (long) operator.metric("longshore_jobs_finished_total");
                    if (minute / restart % 2 == 0) {
                        operator.kill();
                    }
                }
            }
            System.out.printf(
                    "%n%d jobs submitted, %d counted by longshore_jobs_finished_total over all operators; %d attempts expected,"
                            + " %d containers started%n",
                    submitted, counted, attempts, one.started() + other.started());
        }
    }

    /** A minute of jobs. */
    private void load(Cluster cluster, Finishes finishes) throws InterruptedException {
        var began = System.nanoTime();
        var jobs = (int) (rate * 60);
        for (var n = 0; n < jobs; n++) {
            var wait = began + (long) (n * 1e9 / rate) - System.nanoTime();
            if (wait > 0) {
                Thread.sleep(wait / 1_000_000);
            }
            var command = COMMANDS.get(submitted % COMMANDS.size());
            cluster.client()
                    .resource(Serialization.unmarshal(
                            JOB.formatted(submitted, submitted % 2, command), ContainerJob.class))
                    .create();
            submitted++;
            attempts += command.contains("false") ? 2 : 1;
        }
    }

    private void report(int minute, Cluster cluster, Operator operator, int containers) throws Exception {
        System.out.printf(
                "| %d | %d | %d MiB | %d MiB | %d | %d | %d | %d |%n",
                minute,
                submitted,
                operator.liveHeapMib(),
                operator.residentMib(),
                operator.threads(),
                operator.openFiles(),
                containers,
                cluster.client().resources(ContainerJob.class).list().getItems().size());
    }
}
