package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.Allocated;
import dev.longshore.api.JobPhase;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.Metrics;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What users see of the room on a host: its status, metrics, and why a job waits for it. */
@NeedsDocker
@NeedsApiServer
class AllocatedIT {
    private static TestOperator operator;

    @BeforeAll
    static void start() {
        operator = new TestOperator();
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    private static void awaitAllocated(String host, Allocated wanted) {
        await("status.allocated of " + host).atMost(TestNamespace.SOON).untilAsserted(() -> {
            var status = operator.host(host).getStatus();
            assertThat(status).isNotNull();
            assertThat(status.allocated()).isEqualTo(wanted);
        });
    }

    private static Allocated allocated(String cpu, String memory) {
        return new Allocated(new Quantity(cpu), new Quantity(memory), null);
    }

    @Test
    void aJobWaitsUntilThereIsRoomAndTheStatusOfTheHostSaysWhoHasHowMuch() {
        operator.createHost("counted", """
                endpoint: %s
                allocatable: {cpu: "2", memory: 96Mi}
                """.formatted(LocalDocker.HOST));
        awaitAllocated("counted", allocated("0", "0"));
        operator.createJobOn("counted", "first", """
                command: [sh, -c, 'trap "exit 0" TERM; sleep 600 & wait']
                stopGracePeriodSeconds: 1
                resources: {requests: {cpu: 500m}, limits: {memory: 64Mi}}
                """);
        operator.awaitRunning("first");
        awaitAllocated("counted", allocated("500m", "64Mi"));

        operator.createJobOn("counted", "second", """
                command: ['true']
                resources: {requests: {memory: 48Mi}}
                """);
        operator.createJobOn("counted", "never", """
                command: ['true']
                resources: {requests: {memory: 97Mi}}
                """);
        operator.awaitReason("second", "InsufficientCapacity");
        assertThat(operator.job("second").getStatus().message()).contains("memory 48Mi", "counted");
        operator.awaitReason("never", "ExceedsCapacity");
        assertThat(operator.job("never").getStatus().message())
                .contains("requests memory 97Mi of 96Mi (spec.allocatable.memory)");
        assertThat(operator.host("counted").getStatus().jobs().queued()).isEqualTo(1);

        operator.edit("first", spec -> spec.cancel(true));
        assertThat(operator.awaitFinished("second").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        awaitAllocated("counted", allocated("0", "0"));
        assertThat(operator.job("never").getStatus().phase()).isEqualTo(JobPhase.PENDING);
    }

    @Test
    void aHostWithoutAllocatableHasNoneOfIt() {
        operator.createHost("uncounted", "endpoint: " + LocalDocker.HOST);
        operator.awaitReady("uncounted");
        assertThat(operator.host("uncounted").getStatus().allocated()).isNull();
        assertThat(Metrics.scrape(operator.httpPort()).text()).doesNotContain("uncounted\",resource");
    }
}
