package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.testing.ApiServerRelay;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An API server that hangs up, then one that never answers. */
@NeedsApiServer
@NeedsDocker
class ApiServerUnreachableIT {
    private static final Duration LONGEST = Duration.ofSeconds(90);

    @Test
    void resultsWaitForItNothingIsStartedMeanwhileAndBothArriveWhenItIsBack() throws IOException {
        try (var relay = new ApiServerRelay();
                var client = relay.client();
                var operator = new TestOperator(client)) {
            operator.createNarrowHost();
            operator.createJobOn("narrow", "first", "command: [sh, -c, 'sleep 12; echo done; exit 4']");
            var first = operator.awaitRunning("first");
            operator.createJobOn("narrow", "second", "command: ['true']");
            var second = operator.awaitReason("second", "WaitingForSlot");
            relay.refuse();
            awaitEnd(first);
            awaitReady(operator, 503);
            relay.beSilent();
            operator.createJobOn("narrow", "third", "command: ['true']");
            await().pollDelay(Duration.ofSeconds(10))
                    .atMost(LONGEST)
                    .untilAsserted(() -> assertThat(Containers.of(second))
                            .allMatch(container -> container.state() == ContainerSnapshot.State.CREATED));
            assertThat(operator.job("first").getStatus().phase()).isEqualTo(JobPhase.RUNNING);
            assertThat(Containers.of(first)).hasSize(1);
            relay.open();
            awaitReady(operator, 200);
            var status = operator.awaitFinished("first").getStatus();
            assertThat(status.exitCode()).isEqualTo(4);
            assertThat(status.logs().stdout()).isEqualTo("done\n");
            assertThat(operator.awaitFinished("second").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
            assertThat(operator.awaitFinished("third").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        }
    }

    private static void awaitEnd(ContainerJob job) {
        await().atMost(TestOperator.SOON)
                .until(() -> Containers.of(job).get(0).state() == ContainerSnapshot.State.EXITED);
    }

    private static void awaitReady(TestOperator operator, int status) {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + operator.httpPort() + "/readyz"))
                .build();
        await().atMost(LONGEST)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> HttpClient.newHttpClient()
                                .send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == status);
    }
}
