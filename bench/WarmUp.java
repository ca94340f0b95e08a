import dev.longshore.api.ContainerJob;
import dev.longshore.api.DockerHost;
import java.nio.file.Path;
import java.time.Duration;

/** An operator runs for weeks: until Java has compiled what it runs, it does not show what it can do. The same for the raw loop. */
final class WarmUp {
    private static final int JOBS = Integer.getInteger("warmUp", 500);

    private WarmUp() {}

    /** Jobs on a stand-in daemon, which costs nothing; removes all jobs and the host after that. */
    static void run(Cluster cluster, Path folder) throws Exception {
        var socket = folder.resolve("stand-in.sock");
        try (var daemon = new StandInDaemon(socket);
                var raw = new RawLoop(socket.toString());
                var finishes = new Finishes(cluster.client())) {
            raw.run(JOBS, 10);
            cluster.createHost("stand-in", socket, 25);
            cluster.createJobs(JOBS, n -> Cluster.job("warm-" + n, "stand-in", "['true']"));
            finishes.await(JOBS, Duration.ofMinutes(5));
            var jobs = cluster.client().resources(ContainerJob.class);
            jobs.delete();
            while (!jobs.list().getItems().isEmpty()) {
                Thread.sleep(500);
            }
            var hosts = cluster.client().resources(DockerHost.class);
            hosts.delete();
            while (!hosts.list().getItems().isEmpty()) {
                Thread.sleep(500);
            }
            // Its metrics are gone as well by then, and not while others are counted.
            Thread.sleep(1000);
        }
    }
}
