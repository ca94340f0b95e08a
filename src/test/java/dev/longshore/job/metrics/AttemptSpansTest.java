package dev.longshore.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobAttemptBuilder;
import dev.longshore.api.JobHost;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.LocalReference;
import dev.longshore.api.RetryPolicy;
import dev.longshore.docker.ContainerEvent;
import dev.longshore.job.EndedAttempt;
import dev.longshore.job.EndedAttempt.Span;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.JobMeter;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttemptSpansTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T12:00:00Z");
    private static final ContainerTemplateSpec TEMPLATE = ContainerTemplateSpecBuilder.builder()
            .image("busybox:stable")
            .retry(new RetryPolicy(1, 10, 300, List.of()))
            .build();
    private static final JobAttempt RAN = JobAttemptBuilder.builder()
            .attempt(1)
            .containerID("c1")
            .startedAt("2026-01-01T12:00:05.000Z")
            .finishedAt("2026-01-01T12:00:08.000Z")
            .reason(JobReason.NON_ZERO_EXIT)
            .exitCode(3)
            .build();
    private static final JobAttempt RUNS = JobAttemptBuilder.builder(RAN)
            .finishedAt(null)
            .reason(null)
            .exitCode(null)
            .build();
    private static final AttemptState OBSERVED =
            inSlot(at(1)).withSpan(new Span("pull", at(1), at(3))).withSpan(new Span("create", at(3), at(4)));

    private final List<EndedAttempt> reported = new ArrayList<>();

    private static AttemptState inSlot(Instant since) {
        return AttemptState.NONE.withTiming(AttemptState.NONE.timing().withSlotSince(since));
    }

    private final JobMetricsRecorder metrics = new JobMetricsRecorder(JobMeter.NONE, reported::add);
    private final ContainerJob job = new ContainerJob();

    @BeforeEach
    void make() {
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ns")
                .withName("job")
                .withUid("uid")
                .withCreationTimestamp(CREATED.toString())
                .build());
        job.setSpec(ContainerJobSpecBuilder.builder()
                .templateRef(new LocalReference("tmpl"))
                .build());
    }

    private static Instant at(double seconds) {
        return CREATED.plusMillis((long) (seconds * 1000));
    }

    private static Moment moment(double seconds) {
        return new Moment(at(seconds), Duration.ofHours(1).plus(Duration.between(CREATED, at(seconds))));
    }

    private static ContainerJobStatus status(JobPhase phase, JobReason reason, JobAttempt... attempts) {
        return ContainerJobStatusBuilder.builder()
                .phase(phase)
                .reason(reason)
                .host(new JobHost("ns", "h"))
                .attempt(attempts.length == 0 ? null : attempts[attempts.length - 1].attempt())
                .effective(TEMPLATE)
                .attempts(List.of(attempts))
                .build();
    }

    private void store(ContainerJobStatus before, ContainerJobStatus after, AttemptState state, double seconds) {
        job.setStatus(before);
        metrics.writing(job, after, state);
        job.setStatus(after);
        metrics.observed(job, moment(seconds));
    }

    /** Such as {@code queue 0-1, run 5-8}, in seconds since the job was created. */
    private String parts() {
        assertThat(reported).hasSize(1);
        return reported.get(0).spans().stream()
                .map(span -> span.name() + " " + seconds(span.from()) + "-" + seconds(span.until()))
                .collect(Collectors.joining(", "));
    }

    private static String seconds(Instant time) {
        return Double.toString(Duration.between(CREATED, time).toMillis() / 1000.0)
                .replaceAll("\\.0$", "");
    }

    @Test
    void anAttemptIsToldOnceWithAllItsParts() {
        store(status(JobPhase.PENDING, JobReason.STARTING, RUNS), status(JobPhase.RUNNING, null, RUNS), OBSERVED, 5);
        assertThat(reported).isEmpty();
        store(job.getStatus(), status(JobPhase.FAILED, JobReason.NON_ZERO_EXIT, RAN), OBSERVED, 9);
        metrics.observed(job, moment(10));
        assertThat(parts()).isEqualTo("queue 0-1, pull 1-3, create 3-4, run 5-8, record 8-9");
        var ended = reported.get(0);
        assertThat(ended)
                .usingRecursiveComparison()
                .ignoringFields("spans")
                .isEqualTo(new EndedAttempt(
                        JobKey.of(job),
                        "tmpl",
                        "busybox:stable",
                        1,
                        new HostKey("ns", "h"),
                        JobPhase.FAILED,
                        JobReason.NON_ZERO_EXIT,
                        "c1",
                        3,
                        at(9),
                        List.of()));
    }

    @Test
    void theQueueBeginsAtStartAfter() {
        job.setSpec(ContainerJobSpecBuilder.builder()
                .startAfter("2026-01-01T13:00:00.500+01:00")
                .build());
        store(null, status(JobPhase.FAILED, JobReason.NON_ZERO_EXIT, RAN), OBSERVED, 9);
        assertThat(parts()).startsWith("queue 0.5-1, ");
    }

    /** Of a job that was next in the queue, the container was made ahead. */
    @Test
    void makingTheContainerMayLieWithinTheQueue() {
        var preCreated = OBSERVED.withTiming(inSlot(at(4.5)).timing());
        store(null, status(JobPhase.FAILED, JobReason.NON_ZERO_EXIT, RAN), preCreated, 9);
        assertThat(parts()).isEqualTo("queue 0-4.5, pull 1-3, create 3-4, run 5-8, record 8-9");
    }

    @Test
    void whatAnotherProcessDidIsNotInventedButTheQueueAndTheRunAreKnown() {
        store(null, status(JobPhase.FAILED, JobReason.NON_ZERO_EXIT, RAN), AttemptState.NONE, 9);
        assertThat(parts()).isEqualTo("queue 0-5, run 5-8, record 8-9");
    }

    @Test
    void timesOfADaemonWhoseClockIsOffAreOurs() {
        metrics.received(new HostKey("ns", "h"), new ContainerEvent("c1", "start", at(5), Map.of()), at(4.5));
        store(null, status(JobPhase.FAILED, JobReason.NON_ZERO_EXIT, RAN), OBSERVED, 8);
        assertThat(parts()).endsWith("run 4.5-7.5, record 7.5-8");
    }

    @Test
    void partsOfClocksThatDisagreeKeepTheirOrder() {
        store(null, status(JobPhase.FAILED, JobReason.NON_ZERO_EXIT, RAN), OBSERVED, 3.5);
        assertThat(parts()).isEqualTo("queue 0-1, pull 1-3, create 3-3.5, run 3.5-3.5, record 3.5-3.5");
    }

    @Test
    void aRetriedAttemptHasFailedAndTheNextOneQueuesFromWhenItIsDue() {
        store(null, status(JobPhase.PENDING, JobReason.RETRY_BACKOFF, RAN), OBSERVED, 9);
        assertThat(reported).singleElement().extracting(EndedAttempt::phase).isEqualTo(JobPhase.FAILED);
        reported.clear();
        var second = JobAttemptBuilder.builder(RAN)
                .attempt(2)
                .startedAt("2026-01-01T12:00:21.000Z")
                .finishedAt("2026-01-01T12:00:22.000Z")
                .build();
        var after = status(JobPhase.FAILED, JobReason.NON_ZERO_EXIT, RAN, second);
        store(
                job.getStatus(),
                after,
                AttemptState.NONE.nextAttempt(2, moment(19).uptime()),
                23);
        assertThat(parts()).isEqualTo("queue 19-21, run 21-22, record 22-23");
        reported.clear();
        store(status(JobPhase.PENDING, JobReason.RETRY_BACKOFF, RAN), after, AttemptState.NONE, 23);
        // Ten seconds after the first one ended.
        assertThat(parts()).startsWith("queue 18-21, ");
    }

    @Test
    void anAttemptWithoutAContainerHasNoRun() {
        var failed = JobAttemptBuilder.builder()
                .attempt(1)
                .reason(JobReason.IMAGE_PULL_FAILED)
                .build();
        store(
                null,
                status(JobPhase.FAILED, JobReason.IMAGE_PULL_FAILED, failed),
                inSlot(at(1)).withSpan(new Span("pull", at(1), at(3))),
                3.5);
        assertThat(parts()).isEqualTo("queue 0-1, pull 1-3");
        assertThat(reported.get(0).stored()).isEqualTo(at(3.5));
    }

    @Test
    void aContainerThatIsLostRanForAllWeKnow() {
        var lost =
                JobAttemptBuilder.builder(RUNS).reason(JobReason.CONTAINER_LOST).build();
        store(
                status(JobPhase.RUNNING, null, RUNS),
                status(JobPhase.FAILED, JobReason.CONTAINER_LOST, lost),
                OBSERVED,
                9);
        assertThat(parts()).isEqualTo("queue 0-1, pull 1-3, create 3-4, run 5-9");
    }

    @Test
    void whatIsCancelledBeforeAnAttemptOrBetweenTwoHasNone() {
        store(null, status(JobPhase.CANCELLED, JobReason.CANCEL_REQUESTED), AttemptState.NONE, 1);
        store(
                status(JobPhase.PENDING, JobReason.RETRY_BACKOFF, RAN),
                status(JobPhase.CANCELLED, JobReason.CANCEL_REQUESTED, RAN),
                AttemptState.NONE,
                9);
        assertThat(reported).isEmpty();
    }

    @Test
    void aPartThatWasTriedAgainIsTheLastOne() {
        var again = OBSERVED.withSpan(new Span("create", at(5), at(6)));
        assertThat(again.creation().spans())
                .containsExactly(new Span("pull", at(1), at(3)), new Span("create", at(5), at(6)));
    }
}
