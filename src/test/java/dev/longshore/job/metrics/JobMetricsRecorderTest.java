package dev.longshore.job.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.HostReference;
import dev.longshore.api.JobHost;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.job.HostKey;
import dev.longshore.job.JobMeter;
import dev.longshore.job.JobTraces;
import dev.longshore.job.Moment;
import dev.longshore.job.attempt.AttemptState;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobMetricsRecorderTest {
    private static final Instant CREATED = Instant.parse("2026-01-01T12:00:00Z");
    private static final ContainerJobStatus STARTING = ContainerJobStatusBuilder.builder()
            .phase(JobPhase.PENDING)
            .reason(JobReason.STARTING)
            .host(new JobHost("ns", "h"))
            .attempt(1)
            .build();
    private static final ContainerJobStatus RUNNING = ContainerJobStatusBuilder.builder(STARTING)
            .phase(JobPhase.RUNNING)
            .reason(null)
            .startedAt("2026-01-01T12:00:05.000Z")
            .build();
    private static final ContainerJobStatus FAILED = ContainerJobStatusBuilder.builder(RUNNING)
            .phase(JobPhase.FAILED)
            .reason(JobReason.NON_ZERO_EXIT)
            .finishedAt("2026-01-01T12:00:08.500Z")
            .build();

    private final List<String> reported = new ArrayList<>();
    private final JobMetricsRecorder metrics = new JobMetricsRecorder(
            new JobMeter() {
                @Override
                public void started(Duration queued) {
                    reported.add("queued " + queued);
                }

                @Override
                public void ended(Duration ran, Duration untilStored) {
                    reported.add("ran " + ran + " delay " + untilStored);
                }

                @Override
                public void finished(JobPhase phase, JobReason reason, Optional<HostKey> host) {
                    reported.add(phase + " " + reason + " on "
                            + host.map(HostKey::toString).orElse("none"));
                }
            },
            JobTraces.NONE);
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
                .hostRef(new HostReference("wanted", null))
                .build());
    }

    private static Moment after(double seconds) {
        var since = Duration.ofMillis((long) (seconds * 1000));
        return new Moment(CREATED.plus(since), Duration.ofHours(1).plus(since));
    }

    private void write(ContainerJobStatus status) {
        metrics.writing(job, status, AttemptState.NONE);
    }

    private void stored(ContainerJobStatus status, double seconds) {
        job.setStatus(status);
        metrics.observed(job, after(seconds));
    }

    @Test
    void eachThingIsReported() {
        write(STARTING);
        stored(STARTING, 1);
        write(RUNNING);
        stored(RUNNING, 6);
        write(FAILED);
        stored(FAILED, 9);
        assertThat(reported).containsExactly("queued PT6S", "ran PT3.5S delay PT0.5S", "Failed NON_ZERO_EXIT on ns/h");
    }

    @Test
    void aJobThatRanUnseenIsToldOfAtItsEnd() {
        job.setStatus(STARTING);
        write(FAILED);
        stored(FAILED, 9);
        assertThat(reported).hasSize(3);
    }

    @Test
    void theStartIsWhenTheContainerWasAskedToStart() {
        job.setStatus(STARTING);
        metrics.writing(
                job,
                RUNNING,
                AttemptState.NONE.withTiming(AttemptState.NONE.timing().withRunningSince(after(4).uptime())));
        stored(RUNNING, 6);
        assertThat(reported).containsExactly("queued PT4S");
    }

    @Test
    void waitingBeginsAtStartAfter() {
        job.setSpec(ContainerJobSpecBuilder.builder()
                .startAfter("2026-01-01T13:00:04+01:00")
                .build());
        write(RUNNING);
        stored(RUNNING, 6);
        assertThat(reported).containsExactly("queued PT2S");
    }

    @Test
    void aWriteWhoseAnswerWasLostIsCountedOnceItIsSeen() {
        job.setStatus(RUNNING);
        write(FAILED);
        metrics.observed(job, after(9));
        assertThat(reported).isEmpty();
        // Tried again from what the cache still says, and refused, for the first one took effect.
        write(FAILED);
        stored(FAILED, 10);
        metrics.observed(job, after(11));
        assertThat(reported).containsExactly("ran PT3.5S delay PT1.5S", "Failed NON_ZERO_EXIT on ns/h");
    }

    @Test
    void whatAnotherProcessWroteIsNotCounted() {
        stored(FAILED, 9);
        assertThat(reported).isEmpty();
    }

    @Test
    void aRetriedAttemptIsMeasuredAndNotFinished() {
        var retrying = change(FAILED, next -> next.phase(JobPhase.PENDING).reason(JobReason.RETRY_BACKOFF));
        job.setStatus(RUNNING);
        write(retrying);
        stored(retrying, 9);
        assertThat(reported).containsExactly("ran PT3.5S delay PT0.5S");
        reported.clear();
        var cancelled = change(retrying, next -> next.phase(JobPhase.CANCELLED).reason(JobReason.CANCEL_REQUESTED));
        write(cancelled);
        stored(cancelled, 12);
        assertThat(reported).containsExactly("Cancelled CANCEL_REQUESTED on ns/h");
    }

    @Test
    void aSecondAttemptDoesNotCountAsTheTimeInTheQueue() {
        var second = change(RUNNING, next -> next.attempt(2));
        job.setStatus(change(STARTING, next -> next.attempt(2)));
        write(second);
        stored(second, 60);
        assertThat(reported).isEmpty();
    }

    @Test
    void aJobWithoutAHostNamesTheOneThatItAskedFor() {
        var cancelled = ContainerJobStatusBuilder.builder()
                .phase(JobPhase.CANCELLED)
                .reason(JobReason.CANCEL_REQUESTED)
                .build();
        write(cancelled);
        stored(cancelled, 1);
        assertThat(reported).containsExactly("Cancelled CANCEL_REQUESTED on ns/wanted");
    }

    @Test
    void clocksThatAreOffGiveNoNegativeTimes() {
        write(RUNNING);
        stored(RUNNING, -3);
        assertThat(reported).containsExactly("queued PT0S");
    }

    private static ContainerJobStatus change(
            ContainerJobStatus status, UnaryOperator<ContainerJobStatusBuilder> change) {
        return change.apply(ContainerJobStatusBuilder.builder(status)).build();
    }
}
