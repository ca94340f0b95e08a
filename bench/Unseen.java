import dev.longshore.api.ContainerJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A new job of priority 1 in a cluster full of jobs that no operator has seen: half of them have finished, with a finalizer as earlier
 * versions put it on, and half are suspended, on the same host. Usage: Unseen [JOBS [ROUNDS]].
 */
final class Unseen {
    private final Path folder = Files.createTempDirectory("longshore-bench");
    private final int jobs;
    private final int rounds;

    private Unseen(String[] args) throws Exception {
        jobs = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    }

    public static void main(String[] args) throws Exception {
        new Unseen(args).run();
        System.exit(0);
    }

    private void run() throws Exception {
        var times = new ArrayList<Double>();
        for (var round = 0; round < rounds; round++) {
            times.add(round(round));
        }
        System.out.printf("%d jobs that no operator has seen: result of a new one %s s after /readyz%n", jobs, times);
    }

    private double round(int round) throws Exception {
        var socket = folder.resolve(round + ".sock");
        var daemon = new StandInDaemon(socket);
        try (var cluster = new Cluster()) {
            cluster.createHost("host", socket, 10);
            FinishedJobs.create(cluster, "finished-", jobs / 2, n -> "host", List.of("longshore.dev/container"));
            cluster.createJobs(jobs - jobs / 2, n -> suspended("suspended-" + n));
            var before = cluster.writes();
            try (var operator = new Operator(cluster.kubeconfig(), "unseen", folder.resolve("operator.log"))) {
                var began = System.nanoTime();
                var created = cluster.client().resource(first()).create();
                cluster.client()
                        .resource(created)
                        .waitUntilCondition(
                                job -> job != null && job.getStatus().finishedAt() != null, 5, TimeUnit.MINUTES);
                var result = (System.nanoTime() - began) / 1e9;
                System.out.printf(
                        "ready after %.1f s, result %.2f s after it; written until then:%n%s",
                        operator.untilReady().toMillis() / 1e3, result, cluster.writesSince(before, 1));
                awaitRest(cluster);
                System.out.printf(
                        "all written %.1f s after it; processor %.1f s%n",
                        (System.nanoTime() - began) / 1e9,
                        operator.processorTime().toMillis() / 1e3);
                return result;
            }
        }
    }

    private static void awaitRest(Cluster cluster) throws InterruptedException {
        var before = cluster.writes();
        for (var now = List.of(before); ; before = now.get(0)) {
            Thread.sleep(2000);
            now = List.of(cluster.writes());
            if (now.get(0).equals(before)) {
                return;
            }
        }
    }

    private static ContainerJob suspended(String name) {
        return changed(name, "suspend: true");
    }

    private static ContainerJob first() {
        return changed("first", "priority: 1");
    }

    private static ContainerJob changed(String name, String field) {
        return io.fabric8.kubernetes.client.utils.Serialization.unmarshal(
                Cluster.yaml(name, "host", "['true']").replace("spec:\n", "spec:\n  " + field + "\n"),
                ContainerJob.class);
    }
}
