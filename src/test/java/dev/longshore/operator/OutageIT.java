package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.JobPhase;
import dev.longshore.job.JobLabels;
import dev.longshore.testing.FreezingRelay;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.StandInDaemon;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hosts that go away, and what that costs whom. */
@NeedsDocker
class OutageIT {
    private static final int DEAD_JOBS = 60;
    private static final int GOOD_JOBS = 10;

    private TestOperator operator;

    @BeforeEach
    void start() {
        operator = new TestOperator();
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    @Test
    void aConnectionThatIsCutSilentlyIsNoticedAndTheResultArrives() throws IOException {
        try (var relay = new FreezingRelay()) {
            operator.createHost("far", "endpoint: " + relay.endpoint());
            operator.createJobOn("far", "cut", "command: [sh, -c, 'sleep 2; echo done']");
            operator.awaitRunning("cut");
            relay.freeze();
            var job = await().atMost(Duration.ofSeconds(90))
                    .until(
                            () -> operator.job("cut"),
                            found -> TestOperator.condition(found, "Finished").equals("True"));
            assertThat(job.getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
            assertThat(job.getStatus().logs().stdout()).isEqualTo("done\n");
            assertThat(job.getStatus().attempt()).isEqualTo(1);
        }
    }

    @Test
    void jobsOfDeadHostsSlowNoOneElse() throws IOException {
        try (var silent = new StandInDaemon(StandInDaemon.neverAnswers())) {
            operator.createHost("silent", "endpoint: " + silent.endpoint());
            operator.createHost("refuses", "endpoint: tcp://127.0.0.1:9");
            IntStream.range(0, DEAD_JOBS).forEach(number -> {
                operator.createJobOn("silent", "silent-" + number, "command: ['true']");
                operator.createJobOn("refuses", "refused-" + number, "command: ['true']");
            });
            operator.awaitReason("refused-0", "HostUnreachable");
            runGoodJobs("beside two dead hosts with " + 2 * DEAD_JOBS + " jobs");
            assertThat(operator.job("refused-0").getStatus().phase()).isEqualTo(JobPhase.PENDING);
        }
    }

    @Test
    void aHostThatStopsAnsweringAmongItsJobsSlowsNoOneElse() throws IOException {
        try (var relay = new FreezingRelay()) {
            operator.createHost("stops", """
                    endpoint: %s
                    maxConcurrentJobs: %d
                    """.formatted(relay.endpoint(), DEAD_JOBS / 2));
            operator.createJobOn("stops", "running", "command: [sleep, '60']");
            operator.awaitRunning("running");
            relay.freezeForGood();
            IntStream.range(0, DEAD_JOBS)
                    .forEach(number -> operator.createJobOn("stops", "stopped-" + number, "command: ['true']"));
            runGoodJobs("beside a host that stopped answering among " + DEAD_JOBS + " jobs");
            assertThat(operator.job("stopped-" + (DEAD_JOBS - 1)).getStatus().phase())
                    .isEqualTo(JobPhase.PENDING);
        } finally {
            var left = JobLabels.NAMESPACE + "=" + operator.namespace();
            // A daemon that is busy removing one already says no.
            await().atMost(TestOperator.SOON)
                    .ignoreExceptions()
                    .untilAsserted(() -> LocalDocker.shared().removeAll(left));
        }
    }

    private void runGoodJobs(String where) {
        operator.createHost();
        var began = System.nanoTime();
        IntStream.range(0, GOOD_JOBS).forEach(number -> operator.createJob("good-" + number, "command: ['true']"));
        IntStream.range(0, GOOD_JOBS)
                .forEach(number -> assertThat(operator.awaitFinished("good-" + number)
                                .getStatus()
                                .phase())
                        .isEqualTo(JobPhase.COMPLETED));
        System.out.printf("%d good jobs %s: %d ms%n", GOOD_JOBS, where, (System.nanoTime() - began) / 1_000_000);
    }
}
