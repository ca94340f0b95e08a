package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private final StringWriter err = new StringWriter();

    private void assertSaid(String line, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(Main.commandLine().setErr(new PrintWriter(err)).execute(arguments))
                .isEqualTo(2);
        assertThat(err.toString()).isEqualTo("longshore: " + line + "\n");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertSaid("unknown command 'opertor'; did you mean operator?", "opertor");
        assertSaid("unknown command 'frobnicate'; see longshore --help", "frobnicate");
        assertSaid("unknown command 'lst'; did you mean list?", "help", "lst");
        assertSaid("unknown command 'frobnicate'; see longshore --help", "help", "frobnicate");
    }

    @Test
    void suggestsTheOptionThatWasMeant() {
        assertSaid("unknown option --htp-port; did you mean --http-port?", "operator", "--htp-port=1");
        assertSaid("unknown option --frobnicate; see longshore operator --help", "operator", "--frobnicate");
    }

    @Test
    void pointsToThePage() {
        assertSaid("no command specified; see longshore --help");
        assertSaid("unexpected argument 'all'; see longshore crds --help", "crds", "all");
        assertSaid("Missing required parameter: 'FILE'; see longshore run --help", "run");
    }

    @Test
    void theClusterMayBeNamedBeforeTheCommandOfThoseThatHaveOne() {
        assertSaid(
                "kubeconfig absent does not exist: check --kubeconfig",
                "--kubeconfig",
                "absent",
                "-n",
                "night",
                "--context=staging",
                "list");
        assertSaid(
                "unknown option --kubeconfig; see longshore validate --help", "--kubeconfig=absent", "validate", "-");
        assertSaid("unknown command 'lst'; did you mean list?", "-nnight", "lst");
        assertSaid("unknown option -n; see longshore run --help", "-n", "night", "run", "x.yaml");
    }

    @Test
    void listsTheAllowedValues() {
        assertSaid(
                "Invalid value for option '--phase': 'done' is not one of Pending, Running, Completed, Failed, Cancelled",
                "list",
                "--phase",
                "done");
        assertSaid(
                "Invalid value for option '--output': 'xml' is not one of table, yaml, json", "run", "-o", "xml", "x");
    }

    @Test
    void isOneLineWithoutControlSequences() {
        assertThat(Problems.oneLine(new IllegalArgumentException("first\n  second\u001b[31m\r\nthird")))
                .isEqualTo("longshore: first; second; third");
        assertThat(Problems.oneLine(new IllegalStateException()))
                .isEqualTo("longshore: java.lang.IllegalStateException");
    }

    @Test
    void errorsOfTheVirtualMachineAreExplained() {
        assertThat(Problems.oneLine(new OutOfMemoryError("Java heap space")))
                .contains("memory", "Java heap space", "-Xmx");
        assertThat(Problems.oneLine(new StackOverflowError())).isEqualTo("longshore: the input is nested too deeply");
    }
}
