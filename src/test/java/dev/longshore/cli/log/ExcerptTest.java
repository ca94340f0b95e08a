package dev.longshore.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.JobLogs;
import dev.longshore.api.LogOptionsBuilder;
import dev.longshore.docker.LogQuery;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcerptTest {
    private static Excerpt of(String stdout, String stderr, Integer tail, String since) {
        return Excerpt.of(
                new JobLogs(stdout, stderr, false),
                new LogQuery(false, tail, since == null ? null : Instant.parse(since)),
                ContainerJobStatusBuilder.builder()
                        .startedAt("2026-01-01T10:00:00.000Z")
                        .finishedAt("2026-01-01T10:05:00.000Z")
                        .build());
    }

    @ParameterizedTest
    @CsvSource({"0,''", "1,3|", "2,2|3|", "3,1|2|3|", "100,1|2|3|"})
    void endsWithAsManyLinesAsAreWanted(int tail, String expected) {
        assertThat(of("1\n2\n3\n", "", tail, null).stdout()).isEqualTo(expected.replace('|', '\n'));
    }

    @Test
    void takesALineWithoutAnEndForOne() {
        assertThat(of("1\n2\n3", "", 1, null).stdout()).isEqualTo("3");
        assertThat(of("1\n\n\n", "", 2, null).stdout()).isEqualTo("\n\n");
        assertThat(of("", "", 2, null).stdout()).isEmpty();
    }

    @Test
    void showsWhyNothingWasKept() {
        var status = ContainerJobStatusBuilder.builder()
                .message("exit code 0; the log is not kept")
                .build();
        assertThat(Excerpt.of(new JobLogs("", "", true), LogQuery.ALL, status))
                .isEqualTo(new Excerpt("no log was kept (exit code 0; the log is not kept)", "", ""));
    }

    @Test
    void takesAsManyOfEachStream() {
        var excerpt = of("a\nb\n", "x\ny\n", 1, null);

        assertThat(excerpt).isEqualTo(new Excerpt("", "b\n", "y\n"));
        assertThat(of("a\n", "x\n", 1, null).note()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4096, 4 KiB", "1000, 1000 bytes"})
    void saysHowMuchIsLeftOfALongerLogUnlessFewerLinesAreWanted(int tailBytes, String size) {
        var status = ContainerJobStatusBuilder.builder()
                .effective(ContainerTemplateSpecBuilder.builder()
                        .logs(LogOptionsBuilder.builder().tailBytes(tailBytes).build())
                        .build())
                .build();
        var logs = new JobLogs("b\nc\n", "y\n", true);
        assertThat(Excerpt.of(logs, LogQuery.ALL, status))
                .isEqualTo(new Excerpt("showing the last " + size + " of each stream", "b\nc\n", "y\n"));
        assertThat(Excerpt.of(logs, new LogQuery(false, 1, null), status)).isEqualTo(new Excerpt("", "c\n", "y\n"));
        assertThat(Excerpt.of(new JobLogs("b\nc\nd\n", "y\n", true), new LogQuery(false, 2, null), status))
                .as("two lines of stderr are wanted and one is left")
                .isEqualTo(new Excerpt("showing the last " + size + " of each stream", "c\nd\n", "y\n"));
    }

    @Test
    void isEmptyWhereTheContainerEndedBefore() {
        assertThat(of("a\n", "x\n", null, "2026-01-01T10:05:01Z"))
                .isEqualTo(new Excerpt("no log since 2026-01-01T10:05:01Z: the container exited earlier", "", ""));
    }

    @Test
    void isWholeWhereTheTimeIsWithinTheRunAndSaysSo() {
        assertThat(of("a\n", "", null, "2026-01-01T10:03:00Z"))
                .isEqualTo(new Excerpt(
                        "lines before 2026-01-01T10:03:00Z are included, as they have no timestamps", "a\n", ""));
        assertThat(of("a\n", "", null, "2026-01-01T09:00:00Z").note()).isEmpty();
    }
}
