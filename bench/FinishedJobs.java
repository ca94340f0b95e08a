import dev.longshore.api.ContainerJob;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.function.IntFunction;

/** Jobs that have finished, with as much log as is kept by default. */
final class FinishedJobs {
    /** As an operator leaves it. */
    private static final String FINISHED = """
            apiVersion: longshore.dev/v1
            kind: ContainerJob
            metadata: {name: %s, resourceVersion: "%s"}
            status:
              phase: Completed
              reason: Completed
              observedGeneration: 1
              host: {namespace: default, name: %s}
              attempt: 1
              containerID: "%s"
              containerName: longshore-1-1
              exitCode: 0
              startedAt: "2026-01-01T00:00:00.000Z"
              finishedAt: "2026-01-01T00:00:01.000Z"
              duration: 1s
              effective: {image: "busybox:stable", command: ["true"]}
              conditions:
                - {type: Accepted, status: "True", reason: Accepted, message: "", observedGeneration: 1, lastTransitionTime: "2026-01-01T00:00:00Z"}
                - {type: Finished, status: "True", reason: Completed, message: "", observedGeneration: 1, lastTransitionTime: "2026-01-01T00:00:01Z"}
                - {type: Succeeded, status: "True", reason: Completed, message: "", observedGeneration: 1, lastTransitionTime: "2026-01-01T00:00:01Z"}
              logs: {stdout: "%s", stderr: "%s", truncated: true}
            """;

    private FinishedJobs() {}

    /**
     * @param hosts on which each of them ran
     * @param finalizers of each: none, but for what earlier versions left
     */
    static void create(Cluster cluster, String prefix, int number, IntFunction<String> hosts, List<String> finalizers)
            throws InterruptedException {
        var line = "%079d%n".formatted(0).replace("\n", "\\n");
        Cluster.inParallel(8, number, n -> {
            var name = prefix + n;
            var host = hosts.apply(n);
            var job = Cluster.job(name, host, "['true']");
            job.getMetadata().setFinalizers(finalizers);
            var created = cluster.client().resource(job).create();
            cluster.client()
                    .resource(Serialization.unmarshal(
                            FINISHED.formatted(
                                    name,
                                    created.getMetadata().getResourceVersion(),
                                    host,
                                    "0".repeat(64),
                                    line.repeat(51),
                                    line.repeat(51)),
                            ContainerJob.class))
                    .updateStatus();
        });
    }
}
