package dev.longshore.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.JobAttempt;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptContainerTest {
    private static final Instant END = Instant.parse("2026-01-01T12:00:00Z");

    /** One whose attempts ended a minute after each other, the last at {@link #END} by the daemon's clock. */
    private static ContainerJob job(int keep, JobReason... reasons) {
        var last = reasons[reasons.length - 1];
        var job = new ContainerJob();
        job.setStatus(ContainerJobStatusBuilder.builder()
                .phase(last == JobReason.COMPLETED ? JobPhase.COMPLETED : JobPhase.FAILED)
                .attempt(reasons.length)
                .effective(ContainerTemplateSpecBuilder.builder()
                        .image("busybox")
                        .keepFailedSeconds(keep)
                        .build())
                .attempts(IntStream.range(0, reasons.length)
                        .mapToObj(at -> new JobAttempt(
                                at + 1,
                                "c" + (at + 1),
                                1,
                                reasons[at],
                                END.minusSeconds(100).toString(),
                                END.minusSeconds(60L * (reasons.length - 1 - at))
                                        .toString(),
                                null))
                        .toList())
                .conditions(List.of(new ConditionBuilder()
                        .withType("Finished")
                        .withStatus("True")
                        .withLastTransitionTime(END.plusSeconds(5).toString())
                        .build()))
                .build());
        return job;
    }

    @Test
    void aFailedAttemptIsKeptFromItsEndOn() {
        var job = job(100, JobReason.NON_ZERO_EXIT, JobReason.NON_ZERO_EXIT);
        var first = new KeptContainer(1, "c1", END.plusSeconds(40));
        var second = new KeptContainer(2, "c2", END.plusSeconds(105));
        assertThat(KeptContainer.of(job, END.plusSeconds(39))).containsExactly(first, second);
        assertThat(KeptContainer.of(job, END.plusSeconds(40))).containsExactly(second);
        assertThat(KeptContainer.of(job, END.plusSeconds(105))).isEmpty();
    }

    @Test
    void earlierAttemptsOfACompletedJobAreKeptToo() {
        assertThat(KeptContainer.of(job(100, JobReason.NON_ZERO_EXIT, JobReason.COMPLETED), END))
                .containsExactly(new KeptContainer(1, "c1", END.plusSeconds(40)));
    }

    @Test
    void nothingIsKeptOfWhatDidNotFailOrIsLostOrIsNotWanted() {
        for (var reason : List.of(JobReason.COMPLETED, JobReason.CANCEL_REQUESTED, JobReason.CONTAINER_LOST)) {
            assertThat(KeptContainer.of(job(100, reason), END)).isEmpty();
        }
        assertThat(KeptContainer.of(job(0, JobReason.NON_ZERO_EXIT), END)).isEmpty();
        assertThat(KeptContainer.of(new ContainerJob(), END)).isEmpty();
    }
}
