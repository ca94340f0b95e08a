package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar longshore.jar}: what it prints where, and how it ends. */
class JarIT {
    private static final String ESCAPE = "\u001b";

    @TempDir
    private Path folder;

    @Test
    void helpIsOnStdoutAndHasNoEscapeCodesInAPipe() {
        var help = Finished.jar("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out())
                .startsWith("Usage: longshore ")
                .contains("operator", "dev", "run", "crds", "generate-completion")
                .doesNotContain(ESCAPE);
        assertThat(help.err()).isEmpty();
    }

    @Test
    void helpOfACommandIsTheSameBothWays() {
        assertThat(Finished.jar("help", "run").out())
                .startsWith("Usage: longshore run")
                .isEqualTo(Finished.jar("run", "--help").out());
    }

    /** A terminal made by script(1), whose own options differ between systems: this is the Linux one. */
    private static String onATerminal(Map<String, String> environment) {
        var help = Finished.java() + " -XX:TieredStopAtLevel=1 -jar " + Finished.JAR + " --help";
        return Finished.run(environment, "script", "-qec", help, "/dev/null").out();
    }

    @Test
    void coloursAreForTerminalsAndNeverWithNoColor() {
        assertThat(onATerminal(Map.of("TERM", "xterm", "NO_COLOR", "1", "CLICOLOR_FORCE", "1")))
                .contains("Usage: ")
                .doesNotContain(ESCAPE);
        assertThat(onATerminal(Map.of("TERM", "dumb"))).contains("Usage: ").doesNotContain(ESCAPE);
        assertThat(onATerminal(Map.of("TERM", "xterm"))).contains(ESCAPE);
    }

    @Test
    void theVersionIsThatOfTheProject() {
        var version = Finished.jar("--version");
        assertThat(version.code()).isZero();
        assertThat(version.out()).matches("longshore \\d+\\.\\d+\\.\\d+\\S*\n");
    }

    @Test
    void crdsAreThoseThatAreCommitted() throws IOException {
        var crds = Finished.jar("crds");
        assertThat(crds.code()).isZero();
        assertThat(crds.out()).startsWith("---\n");
        for (var kind : new String[] {"dockerhosts", "containertemplates", "containerjobs", "containercronjobs"}) {
            assertThat(crds.out()).contains(Files.readString(Path.of("crds", kind + ".longshore.dev.yaml")));
        }
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoError() {
        var head =
                Finished.run(Map.of(), "sh", "-c", Finished.java() + " -jar '" + Finished.JAR + "' crds | head -n 1");
        assertThat(head).isEqualTo(new Finished(0, "---\n", ""));
    }

    @Test
    void anOutputThatCannotBeWrittenIsAnError() {
        Finished.run(Map.of(), "sh", "-c", Finished.java() + " -jar '" + Finished.JAR + "' crds > /dev/full")
                .assertRefused("failed to write the output: No space left on device");
    }

    @Test
    void badUsageIsOneLine() {
        Finished.jar().assertRefused("no command specified", "longshore --help");
        Finished.jar("opertor").assertRefused("unknown command 'opertor'", "did you mean operator?");
        Finished.jar("run", "--max-concurent", "2", "x.yaml")
                .assertRefused("unknown option --max-concurent", "did you mean --max-concurrent?");
        Finished.jar("crds", "all").assertRefused("'all'", "longshore crds --help");
        Finished.jar("run").assertRefused("FILE", "longshore run --help");
    }

    @Test
    void aBadVariableIsNamed() {
        Finished.jar(Map.of("LONGSHORE_HTTP_PORT", "http"), "operator").assertRefused("LONGSHORE_HTTP_PORT", "'http'");
    }

    @Test
    void theStackTraceIsForThoseWhoAskForIt() {
        Finished.jar("run", "no-such.yaml").assertRefused("no-such.yaml");
        assertThat(Finished.jar("run", "--verbose", "no-such.yaml").err())
                .startsWith("longshore: no-such.yaml")
                .contains("\tat dev.longshore.");
    }

    @Test
    void bashCompletesCommandsAndOptions() throws IOException {
        var script = folder.resolve("completion");
        Files.writeString(script, Finished.jar("generate-completion").out());
        assertThat(Finished.run(Map.of(), "bash", "-n", script.toString())).isEqualTo(new Finished(0, "", ""));
        assertThat(completed(script, "longshore op")).isEqualTo("operator");
        assertThat(completed(script, "longshore run --max")).isEqualTo("--max-concurrent");
        assertThat(completed(script, "longshore operator --log-format j")).isEqualTo("json");
    }

    private static String completed(Path script, String line) {
        var bash = Finished.run(Map.of(), "bash", "-c", """
                source %s
                compopt() { :; } # It can be called only while someone types.
                COMP_WORDS=(%s) COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE='%s' COMP_POINT=${#COMP_LINE}
                _complete_longshore
                echo "${COMPREPLY[*]}"
                """.formatted(script, line, line));
        assertThat(bash.err()).isEmpty();
        return bash.out().strip();
    }
}
