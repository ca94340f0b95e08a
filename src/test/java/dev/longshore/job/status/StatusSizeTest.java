package dev.longshore.job.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.JobResultValue;
import dev.longshore.kubernetes.JsonSize;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusSizeTest {
    private static final int TAIL = 128 * 1024;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aTailOfControlCharactersKeepsItsEndAndSaysSo() {
        var logs = StatusSize.logs("\u0001".repeat(65_536) + "end", "short", false);
        assertThat(logs.stdout()).endsWith("\u0001end");
        assertThat(JsonSize.of(logs.stdout())).isBetween(TAIL - 8L, TAIL + 2L);
        assertThat(logs.stderr()).isEqualTo("short");
        assertThat(logs.truncated()).isTrue();
    }

    @Test
    void aTailOfOrdinaryTextIsWhole() {
        var text = "äöü line\n".repeat(5_000);
        assertThat(StatusSize.logs(text, "", false)).isEqualTo(new JobLogs(text, "", false));
    }

    @Test
    void noCharacterIsCutInTwo() {
        assertThat(StatusSize.logs("x" + "😀".repeat(40_000), "", false).stdout())
                .startsWith("😀");
        assertThat(StatusSize.message("x" + "😀".repeat(4_000))).endsWith("😀...");
    }

    @Test
    void aMessageIsBoundedAsItIsStored() {
        assertThat(StatusSize.message("short")).isEqualTo("short");
        assertThat(StatusSize.message("m".repeat(4096))).hasSize(4096);
        assertThat(JsonSize.of(StatusSize.message("<".repeat(100_000)))).isLessThan(5_000);
    }

    @Test
    void theFormThatIsStoredIsCounted() {
        assertThat(JsonSize.of("a<>&\u0001\n\"é€")).isEqualTo(2 + 1 + 18 + 6 + 2 + 2 + 2 + 3);
        assertThat(JsonSize.ofText("a<>&\u0001\n\"é€", 0, 9)).isEqualTo(1 + 18 + 6 + 2 + 2 + 2 + 3);
    }

    @Test
    void theLogGoesBeforeWhatTheJobRanWith() {
        var status = ContainerJobStatusBuilder.builder()
                .phase(JobPhase.COMPLETED)
                .logs(new JobLogs("out", "err", false))
                .effective(ContainerTemplateSpecBuilder.builder().image("i").build())
                .build();
        var less = StatusSize.lessAndLess(new ContainerJob(), status, NOW);
        assertThat(less).hasSize(3);
        assertThat(less.get(1).logs()).isEqualTo(new JobLogs("", "", true));
        assertThat(less.get(1).effective()).isNotNull();
        assertThat(less.get(2).effective()).isNull();
        assertThat(less.get(2).phase()).isEqualTo(JobPhase.COMPLETED);
    }

    @Test
    void theResultsGoLast() {
        var status = ContainerJobStatusBuilder.builder()
                .phase(JobPhase.COMPLETED)
                .effective(ContainerTemplateSpecBuilder.builder().image("i").build())
                .results(List.of(
                        new JobResultValue("rows", "12", null), new JobResultValue("none", null, "no such file")))
                .build();
        var less = StatusSize.lessAndLess(new ContainerJob(), status, NOW);
        assertThat(less).hasSize(3);
        assertThat(less.get(1).results()).isEqualTo(status.results());
        assertThat(less.get(2).effective()).isNull();
        assertThat(less.get(2).results())
                .extracting(JobResultValue::error)
                .containsExactly(
                        "not stored: job and status are too large for the API server to store", "no such file");
    }

    @Test
    void aJobThatCannotBeBoundFailsWithoutWhatItWasToRunWith() {
        var job = new ContainerJob();
        job.setSpec(ContainerJobSpecBuilder.builder().build());
        var status = ContainerJobStatusBuilder.builder()
                .phase(JobPhase.PENDING)
                .effective(ContainerTemplateSpecBuilder.builder().image("i").build())
                .build();
        var last = StatusSize.lessAndLess(job, status, NOW).get(1);
        assertThat(last.phase()).isEqualTo(JobPhase.FAILED);
        assertThat(last.reason()).isEqualTo(JobReason.CREATE_FAILED);
        assertThat(last.effective()).isNull();
    }
}
