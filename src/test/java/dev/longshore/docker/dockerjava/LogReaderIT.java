package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import dev.longshore.docker.LogRequest;
import dev.longshore.docker.LogTail;
import dev.longshore.docker.Redactor;
import dev.longshore.testing.Capability;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Logs as a real daemon sends them. */
@OnEachDaemon
class LogReaderIT {
    private static EngineUnderTest test;

    @BeforeAll
    static void connect(LocalDocker docker) {
        test = new EngineUnderTest(docker);
    }

    @AfterAll
    static void removeAll() {
        test.close();
    }

    private static LogTail tail(String script, int bytes, String... secrets) {
        return test.engine.logs(
                test.run(test.shell(script)).id(), new LogRequest(bytes, Redactor.of(List.of(secrets))));
    }

    @Test
    @Shows(Capability.LOG_TAIL)
    void theLastLinesOfManyAreWhole() {
        var tail = tail("seq 1 100000", 100);
        assertThat(tail.stdout()).endsWith("99999\n100000\n").startsWith("9998").hasSizeBetween(90, 100);
        assertThat(tail.stderr()).isEmpty();
        assertThat(tail.truncated()).isTrue();
    }

    @Test
    void aStreamThatTheOtherDrownedIsFound() {
        var tail = tail("echo first >&2; echo last words >&2; seq 1 40000", 64);
        assertThat(tail.stderr()).isEqualTo("first\nlast words\n");
        assertThat(tail.stdout()).endsWith("40000\n");
    }

    @Test
    @Shows(Capability.LOG_TAIL)
    void everyOccurrenceOfASecretIsReplaced() {
        var tail = tail(
                "i=0; while [ $i -lt 3000 ]; do echo \"pass=hunter22! $i\"; i=$((i+1)); done;"
                        + " printf hunt >&2; printf 'er22!' >&2",
                65_536,
                "hunter22!",
                "abc");
        assertThat(tail.stdout()).doesNotContain("hunter22").contains("pass=*** 2999\n");
        assertThat(tail.stderr()).isEqualTo("***");
    }

    @Test
    void aLongLineWithoutEndIsCutAnywhere() {
        var tail = tail("head -c 300000 /dev/zero | tr '\\0' x", 4096);
        assertThat(tail.stdout()).isEqualTo("x".repeat(4096));
        assertThat(tail.truncated()).isTrue();
    }

    @Test
    @Shows(Capability.LOG_TAIL)
    void aSecretThatLiesAcrossDockersEntriesIsReplaced() {
        var tail = tail("head -c 16380 /dev/zero | tr '\\0' x; echo 0123456789", 65_536, "0123456789");
        assertThat(tail.stdout()).isEqualTo("x".repeat(16_380) + "***\n");
        assertThat(tail.truncated()).isFalse();
    }

    @Test
    void bytesThatAreNotTextBecomeReplacementCharacters() {
        var tail = tail("printf 'a\\377b\\0c\\n\\303\\244\\n'", 4096);
        assertThat(tail.stdout()).isEqualTo("a\uFFFDb\uFFFDc\nä\n");
    }

    @Test
    void noBytesAreWanted() {
        assertThat(tail("echo something", 0)).isEqualTo(new LogTail("", "", true));
        assertThat(tail("true", 0)).isEqualTo(new LogTail("", "", false));
    }

    @Test
    @Shows(Capability.LOG_DRIVER_NONE)
    void aLogDriverThatKeepsNothingIsSaidToInTheDaemonsWords(LocalDocker docker) {
        var container = docker.client()
                .createContainerCmd(LocalDocker.IMAGE)
                .withCmd("echo", "unheard")
                .withLabels(test.labels())
                .withHostConfig(new HostConfig().withLogConfig(new LogConfig(LogConfig.LoggingType.NONE)))
                .exec()
                .getId();
        docker.client().startContainerCmd(container).exec();
        var tail = test.engine.logs(container, new LogRequest(100, EngineUnderTest.NO_SECRETS));
        assertThat(tail).isEqualTo(LogTail.withheld(tail.problem()));
        assertThat(tail.problem())
                .startsWith("failed to read log: ")
                .containsAnyOf("configured logging driver does not support reading", "cannot read logs");
    }
}
