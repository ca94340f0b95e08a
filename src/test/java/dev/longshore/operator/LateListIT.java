package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.TestCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator whose list of jobs, which may be long, comes later than its hosts. */
@NeedsApiServer
@NeedsDocker
class LateListIT {
    private static final String SLEEP = "command: [sleep, '600']\nstopGracePeriodSeconds: 0";
    private static final int OTHERS = 20;
    private static final Duration LATE = Duration.ofSeconds(2);

    private final KubernetesClient slow = client();
    private TestOperator operator;

    @BeforeEach
    void start() {
        operator = new TestOperator(slow);
        operator.createNarrowHost();
        operator.createJobOn("narrow", "runs", SLEEP);
        operator.awaitRunning("runs");
    }

    @AfterEach
    void stop() {
        operator.client()
                .resources(ContainerJob.class)
                .inNamespace(operator.namespace())
                .delete();
        await().atMost(TestOperator.SOON)
                .until(() -> operator.client()
                        .resources(ContainerJob.class)
                        .inNamespace(operator.namespace())
                        .list()
                        .getItems()
                        .isEmpty());
        operator.close();
        slow.close();
    }

    private static KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(TestCluster.shared().client().getConfiguration())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("late", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        if (request.uri().getPath().endsWith("/containerjobs")
                                && request.uri().getQuery().contains("limit=")) {
                            await().pollDelay(LATE).until(() -> true);
                        }
                    }
                }))
                .build();
    }

    @Test
    void theFirstInOrderStartsFirst() {
        IntStream.range(0, OTHERS).forEach(n -> operator.createJobOn("narrow", "other" + n, SLEEP));
        operator.awaitReason("other" + (OTHERS - 1), "WaitingForSlot");
        operator.createJobOn("narrow", "urgent", SLEEP);
        operator.edit("urgent", job -> job.priority(1));
        operator.awaitReason("urgent", "WaitingForSlot");
        operator.stop();
        var runs = operator.job("runs");
        Containers.docker().kill(runs.getStatus().containerID(), "SIGKILL");
        await().until(() -> Containers.of(runs).get(0).state() == ContainerSnapshot.State.EXITED);
        operator.start();
        operator.awaitRunning("urgent");
    }

    @Test
    void aHostThatIsBeingDeletedStillWaitsForItsJobs() {
        operator.delete(operator.host("narrow"));
        operator.restart();
        operator.edit("runs", job -> job.cancel(true));
        assertThat(operator.awaitFinished("runs").getStatus().exitCode()).isNotNull();
        await().atMost(TestOperator.SOON).until(() -> operator.host("narrow") == null);
    }
}
