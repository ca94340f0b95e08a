package dev.longshore.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello from 3e07e812a454, on Linux x86_64 | hello from 0123456789ab, on Linux aarch64",
                "first   long   Completed   0   0.002s   10s | first long Completed 0 1.25s 1m10s",
                "Started: 2026-11-25T01:07:03.541Z | Started: 2027-01-05T11:17:03.001Z",
                "containerjob.longshore.dev/steps-bcr4f created | containerjob.longshore.dev/steps-x7k2p created",
                "20.10.24+dfsg1   true   3s | 28.5.1 true 4s",
                "name: … in all | name: anything in all",
                "MEMORY 23.5GiB | MEMORY 512MiB",
            })
    void allowsForWhatVaries(String expected, String actual) {
        assertThat(Answer.matches(expected, actual)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit code 3 | exit code 0",
                "first Completed 0 | first Failed 0",
                "local 0/4 0 | local 1/4 0",
                "job/first created | job/third created",
                "Timeout: 60s | Timeout:",
                "one … two | one",
            })
    void isStrictAboutTheRest(String expected, String actual) {
        assertThat(Answer.matches(expected, actual)).isFalse();
    }

    @Test
    void takesNoticeOfTheEndAloneWhereAJobIsWaitedFor() {
        assertThat(Answer.matches(
                        "first: Pending\njob/first completed\n",
                        "first: Pending (Starting): container x\nfirst: Running\njob/first completed"))
                .isTrue();
    }
}
