package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.testing.Capability;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.OnEachDaemon;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests, {@code allocatable} and GPUs count for {@code longshore run} as on a cluster. */
@OnEachDaemon
class RunRoomIT {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** The jobs by name. */
    private Map<String, JsonNode> run(int exitCode) throws IOException {
        var code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("run", folder.toString(), "-o", "json");
        assertThat(code).as(err.toString()).isEqualTo(exitCode);
        var jobs = new HashMap<String, JsonNode>();
        new ObjectMapper()
                .readTree(out.toString())
                .path("items")
                .forEach(job -> jobs.put(job.at("/metadata/name").asText(), job));
        return jobs;
    }

    private void host(String spec) throws IOException {
        Files.writeString(folder.resolve("host.yaml"), """
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: box}
                spec: {endpoint: '%s', %s}
                """.formatted(LocalDocker.HOST, spec));
    }

    private void job(String name, String script, String template) throws IOException {
        new JobManifests(folder).job(name, """
                hostRef: {name: box}
                template: {image: '%s', command: [sh, -c, '%s'], %s}
                """.formatted(LocalDocker.IMAGE, script, template));
    }

    private static Instant time(JsonNode job, String field) {
        return Instant.parse(job.path("status").path(field).asText());
    }

    @Test
    void jobsThatDoNotFitTogetherRunOneAfterTheOther() throws IOException {
        host("allocatable: {memory: 64Mi}");
        job("one", "sleep 1", "resources: {requests: {memory: 48Mi}}");
        job("two", "sleep 1", "resources: {limits: {memory: 48Mi}}");
        var jobs = run(0);
        var one = jobs.get("one");
        var two = jobs.get("two");
        var first = time(one, "startedAt").isBefore(time(two, "startedAt")) ? one : two;
        var second = first == one ? two : one;
        assertThat(time(second, "startedAt")).isAfterOrEqualTo(time(first, "finishedAt"));
    }

    @Test
    void aJobThatNeverFitsIsReportedAndTheOthersRun() throws IOException {
        host("allocatable: {memory: 64Mi}");
        job("fits", "true", "resources: {requests: {memory: 64Mi}}");
        job("never", "true", "resources: {requests: {memory: 65Mi}}");
        var jobs = run(1);
        assertThat(jobs.get("fits").at("/status/phase").asText()).isEqualTo("Completed");
        assertThat(jobs.get("never").at("/status/reason").asText()).isEqualTo("ExceedsCapacity");
        assertThat(jobs.get("never").at("/status/message").asText()).contains("memory 65Mi of 64Mi");
    }

    @Test
    void eachJobHasGpusOfItsOwn() throws IOException {
        // What Podman does with them, and Docker 20.10, CdiDevicesIT shows.
        assumeTrue(
                System.getenv("LONGSHORE_CDI_DEVICES") != null
                        && Capability.CDI
                                .difference(LocalDocker.shared().kind())
                                .isEmpty(),
                "the daemon has no devices for tests");
        host("policy: {allowGpus: true}, allocatable: {gpus: ['longshore.dev/gpu=1', 'longshore.dev/gpu=2']}");
        for (var job = 0; job < 4; job++) {
            job("job-" + job, "env | grep ^LONGSHORE_GPU; sleep 1", "gpus: {count: 1}");
        }
        var ends = new HashMap<String, Instant>();
        run(0).values().stream()
                .sorted((one, other) -> time(one, "startedAt").compareTo(time(other, "startedAt")))
                .forEach(job -> {
                    assertThat(job.at("/status/gpus")).hasSize(1);
                    var gpu = job.at("/status/gpus/0").asText();
                    assertThat(job.at("/status/logs/stdout").asText())
                            .isEqualTo("LONGSHORE_GPU_" + gpu.substring(gpu.indexOf('=') + 1) + "=yes\n");
                    assertThat(time(job, "startedAt")).isAfterOrEqualTo(ends.getOrDefault(gpu, Instant.MIN));
                    ends.put(gpu, time(job, "finishedAt"));
                });
        assertThat(ends).hasSize(2);
    }
}
