package dev.longshore.job.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.testing.ArgoHealth;
import dev.longshore.testing.Kstatus;
import java.time.Instant;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What GitOps tools make of jobs. */
class JobHealthTest {
    private static final long GENERATION = 3;

    /** As the operator reports it. */
    private static ContainerJob job(JobPhase phase, JobReason reason) {
        var job = newJob();
        var conditions = JobConditions.of(job, phase, reason, "some words", Instant.EPOCH);
        job.setStatus(ContainerJobStatusBuilder.builder()
                .phase(phase)
                .reason(reason)
                .message("some words")
                .conditions(conditions)
                .observedGeneration(GENERATION)
                .build());
        return job;
    }

    private static ContainerJob newJob() {
        var job = new ContainerJob();
        job.getMetadata().setName("nightly");
        job.getMetadata().setGeneration(GENERATION);
        job.setSpec(ContainerJobSpecBuilder.builder().build());
        return job;
    }

    private static JobPhase phase(JobReason reason) {
        if (EnumSet.range(JobReason.WAITING_FOR_SLOT, JobReason.RETRY_BACKOFF).contains(reason)) {
            return JobPhase.PENDING;
        }
        if (reason == JobReason.COMPLETED) {
            return JobPhase.COMPLETED;
        }
        return reason == JobReason.CANCEL_REQUESTED ? JobPhase.CANCELLED : JobPhase.FAILED;
    }

    @ParameterizedTest
    @EnumSource(JobReason.class)
    void argoCdGoesByThePhase(JobReason reason) {
        var health = ArgoHealth.of(job(phase(reason), reason));

        var expected = switch (phase(reason)) {
            case PENDING -> reason == JobReason.SUSPENDED ? "Suspended" : "Progressing";
            case RUNNING -> "Progressing";
            case COMPLETED -> "Healthy";
            case FAILED, CANCELLED -> "Degraded";
        };
        assertThat(health).isEqualTo(new ArgoHealth(expected, reason.value() + ": some words"));
    }

    @Test
    void argoCdWaitsForAJobThatRuns() {
        assertThat(ArgoHealth.of(job(JobPhase.RUNNING, null)))
                .isEqualTo(new ArgoHealth("Progressing", "Running: some words"));
    }

    @ParameterizedTest
    @EnumSource(JobReason.class)
    void fluxGoesByReconcilingAndStalled(JobReason reason) {
        var expected = switch (phase(reason)) {
            case PENDING, RUNNING -> Kstatus.IN_PROGRESS;
            case FAILED -> Kstatus.FAILED;
            case COMPLETED, CANCELLED -> Kstatus.CURRENT;
        };
        assertThat(Kstatus.of(job(phase(reason), reason))).isEqualTo(expected);
    }

    @Test
    void fluxWaitsForAJobThatRuns() {
        assertThat(Kstatus.of(job(JobPhase.RUNNING, null))).isEqualTo(Kstatus.IN_PROGRESS);
    }

    @Test
    void neitherTakesTheDefaultStatusForAnAnswer() {
        var job = newJob();
        job.setStatus(
                ContainerJobStatusBuilder.builder().observedGeneration(-1L).build());

        assertThat(ArgoHealth.of(job).status()).isEqualTo("Progressing");
        assertThat(Kstatus.of(job)).isEqualTo(Kstatus.IN_PROGRESS);
    }

    @Test
    void neitherTakesTheStatusOfAnEarlierSpecForAnAnswer() {
        var job = job(JobPhase.COMPLETED, JobReason.COMPLETED);
        job.getMetadata().setGeneration(GENERATION + 1);

        assertThat(ArgoHealth.of(job).status()).isEqualTo("Progressing");
        assertThat(Kstatus.of(job)).isEqualTo(Kstatus.IN_PROGRESS);
    }

    /** It cannot run as things are, other than one that waits. */
    @Test
    void aJobThatNeverFitsIsNotAccepted() {
        assertThat(accepted(JobReason.EXCEEDS_CAPACITY)).isEqualTo("False");
        assertThat(accepted(JobReason.INSUFFICIENT_CAPACITY)).isEqualTo("True");
    }

    private static String accepted(JobReason reason) {
        return job(JobPhase.PENDING, reason).getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals("Accepted"))
                .findFirst()
                .orElseThrow()
                .getStatus();
    }
}
