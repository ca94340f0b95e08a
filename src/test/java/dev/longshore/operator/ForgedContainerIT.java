package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.job.JobLabels;
import dev.longshore.testing.HostileAnswers;
import dev.longshore.testing.HostileDaemon;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A daemon that lists what is on another host. */
@NeedsDocker
class ForgedContainerIT {
    private TestOperator operator;
    private String victim;

    @BeforeEach
    void start() {
        operator = new TestOperator();
        operator.createHost();
        victim = LocalDocker.shared()
                .client()
                .createContainerCmd(LocalDocker.IMAGE)
                .withCmd("true")
                .exec()
                .getId();
    }

    @AfterEach
    void stop() {
        operator.close();
        Containers.docker().remove(victim);
    }

    @Test
    void whatItSaysOfAnotherHostsContainersTouchesNone() throws IOException {
        operator.createJob("done", "command: ['true']");
        var uid = operator.awaitFinished("done").getMetadata().getUid();
        try (var liar = new HostileDaemon()) {
            liar.on("GET /containers/json", (request, client) -> {
                var labels = new LinkedHashMap<>(request.labels());
                labels.put(JobLabels.HOST, operator.namespace() + "/local");
                labels.put(JobLabels.NAMESPACE, operator.namespace());
                labels.put(JobLabels.JOB, "done");
                labels.put(JobLabels.JOB_UID, uid);
                labels.put(JobLabels.ATTEMPT, "1");
                HostileAnswers.json(List.of(HostileAnswers.listed(request, Map.of("Id", victim, "Labels", labels))))
                        .to(request, client);
            });
            operator.createHost("liar", "endpoint: " + liar.endpoint());
            operator.awaitReady("liar");
            await().atMost(TestOperator.SOON).until(() -> liar.requests().contains("GET /containers/json"));
            operator.createJob("after", "command: ['true']");
            operator.awaitFinished("after");
        }
        assertThat(Containers.docker().inspect(victim)).isPresent();
    }

    /** It "runs" what it is asked to, and then says that it is someone else's, of another host. */
    @Test
    void whatItRunsTakesNoSlotOfAnotherHost() throws IOException {
        operator.createNarrowHost();
        try (var liar = new HostileDaemon()) {
            handOver(liar);
            operator.createHost("liar", "endpoint: " + liar.endpoint());
            operator.createJobOn("liar", "lied-to", "command: ['true']");
            var lost = operator.awaitFinished("lied-to").getStatus();
            assertThat(lost.reason()).isEqualTo(JobReason.CONTAINER_LOST);
            assertThat(lost.message()).contains("c1", "is ignored");
            operator.createJobOn("narrow", "honest", "command: ['true']");
            assertThat(operator.awaitFinished("honest").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
            assertThat(liar.requests()).noneMatch(requests -> requests.startsWith("DELETE"));
        }
    }

    /** The one container of this daemon belongs to another host as soon as it is started. */
    private void handOver(HostileDaemon liar) {
        var labels = new ConcurrentHashMap<String, String>();
        var started = new AtomicBoolean();
        liar.on("POST /containers/create", (request, client) -> {
                    request.json()
                            .path("Labels")
                            .fields()
                            .forEachRemaining(label ->
                                    labels.put(label.getKey(), label.getValue().asText()));
                    HostileAnswers.body("201 Created", "{\"Id\": \"c1\", \"Warnings\": []}")
                            .to(request, client);
                })
                .on("POST /containers/c1/start", (request, client) -> {
                    started.set(true);
                    labels.put(JobLabels.HOST, operator.namespace() + "/narrow");
                    labels.put(JobLabels.JOB_UID, UUID.randomUUID().toString());
                    HostileAnswers.body("204 No Content", "").to(request, client);
                })
                .on(
                        "GET /containers/c1/json",
                        (request, client) -> HostileAnswers.json(
                                        inspected(labels, started.get() ? "running" : "created"))
                                .to(request, client));
    }

    private static Map<String, Object> inspected(Map<String, String> labels, String status) {
        return Map.of(
                "Id",
                "c1",
                "Name",
                "/x",
                "Image",
                "sha256:0",
                "Config",
                Map.of("Labels", labels, "Env", List.of()),
                "NetworkSettings",
                Map.of("Networks", Map.of()),
                "State",
                Map.of("Status", status, "StartedAt", "2026-01-01T00:00:00Z", "ExitCode", 0));
    }
}
