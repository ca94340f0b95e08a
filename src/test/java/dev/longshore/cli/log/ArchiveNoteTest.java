package dev.longshore.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobAttemptBuilder;
import dev.longshore.api.JobLogArchive;
import dev.longshore.api.JobLogs;
import dev.longshore.archive.ArchiveKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArchiveNoteTest {
    private static final ArchiveKey KEY = new ArchiveKey("ns", "job", "uid", 2);
    private static final String OWN = "file:///mnt/" + KEY.path();

    private static ContainerJob job(String url, String error) {
        var job = new ContainerJob();
        job.setStatus(ContainerJobStatusBuilder.builder()
                .attempt(2)
                .attempts(List.of(
                        JobAttemptBuilder.builder()
                                .attempt(1)
                                .logArchive("s3://logs/a/ns/job/uid/1.log.gz")
                                .build(),
                        JobAttemptBuilder.builder().attempt(2).logArchive(url).build()))
                .logs(new JobLogs(null, null, null, new JobLogArchive(url, null, null, error)))
                .build());
        return job;
    }

    private static String note(ContainerJob job, String own) {
        return ArchiveNote.of(job, KEY, Optional.ofNullable(own));
    }

    @Test
    void withoutAnArchiveItSaysWhichOneHasTheLog() {
        assertThat(note(job("s3://logs/a/" + KEY.path(), null), null))
                .isEqualTo("the complete log is in a log archive: to read it, add --log-archive s3://logs/a");
        assertThat(note(job(null, null), null)).isEmpty();
        assertThat(ArchiveNote.of(job(null, null), new ArchiveKey("ns", "job", "uid", 1), Optional.empty()))
                .endsWith("--log-archive s3://logs/a");
    }

    @Test
    void withAnotherArchiveItNamesTheOneOfTheStatus() {
        assertThat(note(job("s3://logs/" + KEY.path(), null), OWN))
                .isEqualTo("the log is not at " + OWN
                        + ", but in another log archive: to read it, use --log-archive s3://logs");
    }

    @Test
    void aUrlThatIsNotThatOfThisAttemptIsNoneToOpen() {
        for (var forged : List.of(
                "file:///etc/passwd",
                "s3://logs/ns/job/other/2.log.gz",
                "s3://logs/ns/job/uid/1.log.gz",
                "xns/job/uid/2.log.gz")) {
            for (var own : new String[] {OWN, null}) {
                assertThat(note(job(forged, null), own))
                        .isEqualTo("the status names a URL that is not one of this job's logs, and is not opened: "
                                + forged);
            }
        }
        assertThat(note(job("x".repeat(1 << 20), null), OWN)).hasSizeLessThan(1_000);
    }

    @Test
    void ofALogThatShouldBeThereItSaysThatItIsNot() {
        assertThat(note(job(OWN, null), OWN)).isEqualTo("not found in the log archive: " + OWN);
        assertThat(note(job(null, null), OWN)).isEqualTo("not found in the log archive: " + OWN);
    }

    @Test
    void ofALogThatIsNotArchivedItSaysWhy() {
        assertThat(note(job(null, "log lost: gone"), OWN))
                .isEqualTo("not found in the log archive: " + OWN + " (log lost: gone)");
        assertThat(note(job(null, "log lost: gone"), null)).isEqualTo("log lost: gone");
    }
}
