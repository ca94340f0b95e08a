package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.testing.FreezingRelay;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsDocker;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When jobs start, where, and when they go. */
@NeedsDocker
class SchedulingIT {
    private TestOperator operator;

    @BeforeEach
    void start() {
        operator = new TestOperator();
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private void createHost(String name, int slots) {
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: %s, labels: {tier: build}}
                spec: {endpoint: '%s', maxConcurrentJobs: %d}
                """.formatted(name, LocalDocker.HOST, slots));
    }

    private void createJob(String name, String spec) {
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: %s
                spec:
                %s
                """.formatted(name, spec.strip().indent(2)));
    }

    private void createSelecting(String name, String command) {
        createJob(name, """
                hostSelector: {matchLabels: {tier: build}}
                template: {image: 'busybox:stable', command: %s, stopGracePeriodSeconds: 0}
                """.formatted(command));
    }

    private void createOn(String host, String name, String command, String more) {
        createJob(name, """
                hostRef: {name: %s}
                template: {image: 'busybox:stable', command: %s, stopGracePeriodSeconds: 0}
                %s
                """.formatted(host, command, more));
    }

    private Instant startedAt(String name) {
        return Instant.parse(operator.awaitFinished(name).getStatus().startedAt());
    }

    private void cancel(String name) {
        operator.edit(name, job -> job.cancel(true));
        operator.awaitFinished(name);
    }

    @Test
    void aSelectorTakesTheLeastLoadedHostAndMovesToAnotherWhileItWaits() {
        createHost("big", 2);
        createHost("small", 1);
        // One that is not connected to yet is not chosen.
        operator.awaitReady("big");
        operator.awaitReady("small");
        createSelecting("one", "[sleep, '600']");
        assertThat(operator.awaitRunning("one").getStatus().host().name()).isEqualTo("big");
        createSelecting("two", "[sleep, '600']");
        assertThat(operator.awaitRunning("two").getStatus().host().name()).isEqualTo("small");
        createSelecting("three", "[sleep, '600']");
        assertThat(operator.awaitRunning("three").getStatus().host().name()).isEqualTo("big");
        createSelecting("four", "['true']");
        assertThat(operator.awaitReason("four", "WaitingForSlot").getStatus().message())
                .contains("2 DockerHosts");
        operator.editHost("big", host -> host.active(false));
        cancel("one");
        assertThat(operator.job("four").getStatus().phase()).isEqualTo(JobPhase.PENDING);
        cancel("two");
        var four = operator.awaitFinished("four");
        assertThat(four.getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        assertThat(four.getStatus().host().name()).isEqualTo("small");
        cancel("three");
    }

    @Test
    void aPriorityThatChangesWhileJobsWaitChangesTheirOrder() {
        createHost("narrow", 1);
        createOn("narrow", "holds", "[sleep, '600']", "");
        operator.awaitRunning("holds");
        createOn("narrow", "older", "['true']", "");
        createOn("narrow", "urgent", "['true']", "priority: 5");
        operator.awaitReason("older", "WaitingForSlot");
        operator.awaitReason("urgent", "WaitingForSlot");
        operator.edit("urgent", job -> job.priority(1));
        // Seen, once its status is of that generation.
        await().atMost(TestOperator.SOON)
                .until(() -> operator.job("urgent").getStatus().observedGeneration() == 2);
        cancel("holds");
        assertThat(startedAt("urgent")).isBefore(startedAt("older"));
    }

    @Test
    void nothingStartsBeforeItsTimeOrAfterItsDeadline() {
        createHost("narrow", 2);
        var start = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
        createOn("narrow", "later", "['true']", "startAfter: '" + start + "'");
        assertThat(operator.awaitReason("later", "Scheduled").getStatus().message())
                .contains(start.toString().substring(0, 19));
        createOn("narrow", "late", "['true']", "suspend: true\nstartDeadlineSeconds: 2");
        operator.awaitReason("late", "Suspended");
        var late = operator.awaitFinished("late").getStatus();
        assertThat(late.reason()).isEqualTo(JobReason.START_DEADLINE_EXCEEDED);
        assertThat(late.attempts()).isEmpty();
        assertThat(startedAt("later")).isAfterOrEqualTo(start);
    }

    @Test
    void aFinishedJobGoesAfterItsTimeAndOnlyThenIsTheSameManifestAnotherRun() {
        createHost("narrow", 1);
        var manifest = "ttlSecondsAfterFinished: 3";
        createOn("narrow", "short-lived", "['true']", manifest);
        var first = operator.awaitFinished("short-lived");
        var kept = operator.client().resource(withoutStatus(first)).patch(PatchContext.of(PatchType.JSON_MERGE));
        assertThat(kept.getMetadata().getUid()).isEqualTo(first.getMetadata().getUid());
        assertThat(kept.getStatus().attempt()).isEqualTo(1);
        await().atMost(TestOperator.SOON).until(() -> operator.job("short-lived") == null);
        createOn("narrow", "short-lived", "['true']", manifest);
        var second = operator.awaitFinished("short-lived");
        assertThat(second.getMetadata().getUid())
                .isNotEqualTo(first.getMetadata().getUid());
    }

    /** What is in a Git repository. */
    private static ContainerJob withoutStatus(ContainerJob job) {
        var manifest = new ContainerJob();
        manifest.getMetadata().setName(job.getMetadata().getName());
        manifest.getMetadata().setNamespace(job.getMetadata().getNamespace());
        manifest.setSpec(job.getSpec());
        return manifest;
    }

    @Test
    void aHostThatIsGoneHoldsADeletedJobForNoLongerThanItMayAndWhatIsLeftThereGoesWhenItIsBack() throws IOException {
        operator.restart(Duration.ofSeconds(2));
        try (var relay = new FreezingRelay()) {
            operator.createHost("far", "endpoint: " + relay.endpoint());
            operator.createJobOn("far", "left", "command: [sleep, '600']");
            var job = operator.awaitRunning("left");
            relay.refuse();
            operator.awaitNotReady("far", "Unreachable", "");
            operator.delete(job);
            await().atMost(TestOperator.SOON).until(() -> operator.job("left") == null);
            assertThat(Containers.of(job)).hasSize(1);
            relay.mend();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(Containers.of(job)).isEmpty());
        }
    }
}
