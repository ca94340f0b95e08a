import dev.longshore.api.ContainerJob;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * How long after a container's exit a watch sees the job finished: jobs one after the other, on a host that has nothing
 * else to do. Daemon, operator and this program have to share a clock, so all run on one machine. See README.md.
 */
final class ExitDelay {
    private static final String JOB =
            """
            apiVersion: longshore.dev/v1
            kind: ContainerJob
            metadata: {generateName: exit-delay-}
            spec:
              template: {image: "busybox:stable", command: [sh, -c, "sleep 0.3"]}
              hostRef: {name: %s}
            """;

    public static void main(String[] args) throws InterruptedException {
        var host = args.length > 0 ? args[0] : "local";
        var jobs = args.length > 1 ? Integer.parseInt(args[1]) : 30;
        var delays = new ArrayList<Long>();
        try (var client = new KubernetesClientBuilder().build()) {
            var finished = new LinkedBlockingQueue<Long>();
            var namespace = client.getNamespace() == null ? "default" : client.getNamespace();
            var resources = client.resources(ContainerJob.class).inNamespace(namespace);
            try (var watch = resources.watch(new Finishes(finished, new HashSet<>()))) {
                for (var n = 0; n < jobs; n++) {
                    client.load(new ByteArrayInputStream(JOB.formatted(host).getBytes(StandardCharsets.UTF_8)))
                            .inNamespace(namespace)
                            .create();
                    var delay = finished.poll(60, TimeUnit.SECONDS);
                    if (delay == null) {
                        System.err.println("no job finished for 60 s: kubectl get cjob says why");
                        System.exit(1);
                    }
                    delays.add(delay);
                }
            }
        }
        delays.sort(null);
        System.out.printf(
                "exit to status seen, ms, of %d: median %d, worst %d; all %s%n",
                delays.size(), delays.get(delays.size() / 2), delays.get(delays.size() - 1), delays);
    }

    /** A result counts when it is seen first, whatever is written to its job after that. */
    private record Finishes(LinkedBlockingQueue<Long> delays, Set<String> seen) implements Watcher<ContainerJob> {
        @Override
        public void eventReceived(Action action, ContainerJob job) {
            var now = Instant.now();
            if (action == Action.MODIFIED
                    && job.getMetadata().getName().startsWith("exit-delay-")
                    && job.getMetadata().getDeletionTimestamp() == null
                    && job.getStatus() != null
                    && job.getStatus().finishedAt() != null
                    && seen.add(job.getMetadata().getUid())) {
                delays.add(Duration.between(Instant.parse(job.getStatus().finishedAt()), now)
                        .toMillis());
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            System.err.println("the watch ended: " + cause);
        }
    }
}
