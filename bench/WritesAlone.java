import dev.longshore.api.ContainerJob;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/**
 * What the API server alone takes: the writes that a short job needs with nobody who runs it. It is created, bound, and gets its
 * result; there are two Events in addition.
 */
final class WritesAlone {
    private static final String STATUS = """
            apiVersion: longshore.dev/v1
            kind: ContainerJob
            metadata: {name: %s, resourceVersion: "%s"}
            spec: null
            status:
              phase: %s
              reason: %s
              message: container longshore-7b1c7a3e-1 created, starting
              observedGeneration: 1
              host: {namespace: default, name: fast}
              attempt: 1
              containerID: "%s"
              containerName: longshore-7b1c7a3e-1
              imageID: "sha256:%s"
              %s
              effective: %s
              conditions:
                - {type: Accepted, status: "True", reason: Accepted, message: "", observedGeneration: 1, lastTransitionTime: "2026-01-01T00:00:00Z"}
                - {type: Finished, status: "%s", reason: Completed, message: "", observedGeneration: 1, lastTransitionTime: "2026-01-01T00:00:01Z"}
                - {type: Succeeded, status: "%s", reason: Completed, message: "", observedGeneration: 1, lastTransitionTime: "2026-01-01T00:00:01Z"}
            """;
    private static final String RESULT = """
            exitCode: 0
              oomKilled: false
              startedAt: "2026-01-01T00:00:00.000Z"
              finishedAt: "2026-01-01T00:00:01.000Z"
              duration: 1s
              logs: {stdout: "", stderr: "", truncated: false}
              attempts: [{attempt: 1, exitCode: 0, reason: Completed, startedAt: "2026-01-01T00:00:00.000Z", finishedAt: "2026-01-01T00:00:01.000Z"}]""";

    private final Cluster cluster;

    WritesAlone(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Seconds for so many jobs, several at once. */
    double run(int jobs, int atOnce, String prefix) throws InterruptedException {
        var began = System.nanoTime();
        Cluster.inParallel(atOnce, jobs, n -> one(prefix + n));
        return (System.nanoTime() - began) / 1e9;
    }

    private void one(String name) {
        var client = cluster.client();
        var made = client.resource(Cluster.job(name, "none", "['true']")).create();
        var effective = Serialization.asJson(made.getSpec().template());
        var id = "0".repeat(64);
        made = client.resource(status(name, made, "Pending", "Starting", id, "", effective, "False", "Unknown"))
                .updateStatus();
        made = client.resource(status(name, made, "Completed", "Completed", id, RESULT, effective, "True", "True"))
                .updateStatus();
        for (var reason : List.of("Started", "Completed")) {
            client.events()
                    .v1()
                    .events()
                    .resource(new EventBuilder()
                            .withNewMetadata()
                            .withNamespace("default")
                            .withName(name + "." + reason.toLowerCase(java.util.Locale.ROOT))
                            .endMetadata()
                            .withNewEventTime("2026-01-01T00:00:00.000000Z")
                            .withType("Normal")
                            .withReason(reason)
                            .withAction("Reconcile")
                            .withNote("done")
                            .withReportingController("longshore.dev/operator")
                            .withReportingInstance("bench")
                            .withNewRegarding()
                            .withKind("ContainerJob")
                            .withApiVersion("longshore.dev/v1")
                            .withNamespace("default")
                            .withName(name)
                            .endRegarding()
                            .build())
                    .create();
        }
    }

    private static ContainerJob status(
            String name,
            ContainerJob made,
            String phase,
            String reason,
            String id,
            String result,
            String effective,
            String finished,
            String succeeded) {
        var job = Serialization.unmarshal(
                STATUS.formatted(
                        name,
                        made.getMetadata().getResourceVersion(),
                        phase,
                        reason,
                        id,
                        id,
                        result,
                        effective,
                        finished,
                        succeeded),
                ContainerJob.class);
        job.setSpec(null);
        return job;
    }
}
