package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Each option of the operator is also taken from the environment. */
class OperatorCommandTest {
    private final StringWriter err = new StringWriter();

    private CommandSpec operator(Map<String, String> environment, String... options) {
        var main = main(environment);
        main.parseArgs(
                Stream.concat(Stream.of("operator"), Arrays.stream(options)).toArray(String[]::new));
        return main.getSubcommands().get("operator").getCommandSpec();
    }

    private CommandLine main(Map<String, String> environment) {
        var main = Main.commandLine().setErr(new PrintWriter(err));
        main.getSubcommands().get("operator").setDefaultValueProvider(new EnvironmentDefaults(environment));
        return main;
    }

    private static Object value(CommandSpec operator, String option) {
        return operator.findOption(option).getValue();
    }

    @Test
    void everyOptionHasItsVariable() {
        var options = Main.commandLine()
                .getSubcommands()
                .get("operator")
                .getCommandSpec()
                .options();
        assertThat(options.stream()
                        .filter(option -> !option.usageHelp() && !option.versionHelp() && !option.inherited())
                        .map(EnvironmentDefaults::name)
                        .flatMap(Optional::stream))
                .containsExactlyInAnyOrder(
                        "LONGSHORE_KUBECONFIG",
                        "LONGSHORE_NAMESPACE",
                        "LONGSHORE_LEADER_ELECT",
                        "LONGSHORE_HTTP_PORT",
                        "LONGSHORE_RELEASE_AFTER",
                        "LONGSHORE_INSTANCE",
                        "LONGSHORE_ALLOW_UNIX_FROM",
                        "LONGSHORE_LOG_ARCHIVE",
                        "LONGSHORE_LOG_ARCHIVE_ENDPOINT",
                        "LONGSHORE_LOG_ARCHIVE_REGION",
                        "LONGSHORE_LOG_FORMAT",
                        "LONGSHORE_LOG_LEVEL_FILE");
    }

    @Test
    void helpAndVersionHaveNone() {
        assertThat(Main.commandLine().getCommandSpec().options().stream()
                        .filter(option -> option.usageHelp() || option.versionHelp())
                        .flatMap(option -> EnvironmentDefaults.name(option).stream()))
                .isEmpty();
    }

    @Test
    void anOptionGoesBeforeAVariableAndThatBeforeTheDefault() {
        assertThat(value(operator(Map.of()), "--http-port")).isEqualTo(8080);
        var environment = Map.of("LONGSHORE_HTTP_PORT", "9090");
        assertThat(value(operator(environment), "--http-port")).isEqualTo(9090);
        assertThat(value(operator(environment, "--http-port", "0"), "--http-port"))
                .isEqualTo(0);
    }

    @Test
    void aBlankVariableIsNone() {
        assertThat(value(operator(Map.of("LONGSHORE_HTTP_PORT", " ")), "--http-port"))
                .isEqualTo(8080);
    }

    @Test
    void aVariableMayHoldSeveralNamespaces() {
        assertThat(value(operator(Map.of("LONGSHORE_NAMESPACE", "a,b")), "--namespace"))
                .isEqualTo(List.of("a", "b"));
        assertThat(value(operator(Map.of("LONGSHORE_NAMESPACE", "a,b"), "--namespace", "c"), "--namespace"))
                .isEqualTo(List.of("c"));
    }

    @Test
    void leaderElectionIsAskedForOnceTwiceOrTakenBack() {
        var environment = Map.of("LONGSHORE_LEADER_ELECT", "true");
        assertThat(value(operator(Map.of(), "--leader-elect"), "--leader-elect"))
                .isEqualTo(true);
        assertThat(value(operator(environment), "--leader-elect")).isEqualTo(true);
        assertThat(value(operator(environment, "--leader-elect"), "--leader-elect"))
                .isEqualTo(true);
        assertThat(value(operator(environment, "--leader-elect=false"), "--leader-elect"))
                .isEqualTo(false);
    }

    @Test
    void aBadValueIsOneLineThatNamesItsVariable() {
        for (var variable : Map.of(
                        "LONGSHORE_HTTP_PORT", "99999",
                        "LONGSHORE_KUBECONFIG", "/no/such/kubeconfig",
                        "LONGSHORE_LEADER_ELECT", "perhaps",
                        "LONGSHORE_LOG_ARCHIVE", "/logs",
                        "LONGSHORE_LOG_ARCHIVE_ENDPOINT", "minio",
                        "LONGSHORE_LOG_ARCHIVE_REGION", "eu 1",
                        "LONGSHORE_RELEASE_AFTER", "soon",
                        "LONGSHORE_LOG_FORMAT", "xml")
                .entrySet()) {
            err.getBuffer().setLength(0);
            assertThat(main(Map.ofEntries(variable)).execute("operator")).isEqualTo(2);
            assertThat(err.toString().lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line).startsWith("longshore: " + variable.getKey() + ": "));
        }
    }

    @Test
    void withoutAnArchiveThereIsNone() {
        assertThat(value(operator(Map.of()), "--log-archive")).isNull();
        assertThat(value(operator(Map.of("LONGSHORE_LOG_ARCHIVE", "s3://logs")), "--log-archive"))
                .isEqualTo("s3://logs");
    }

    @Test
    void aBadArchiveIsOneLineWithoutItsPassword() {
        assertThat(main(Map.of()).execute("operator", "--log-archive=s3://user:hunter2@logs"))
                .isEqualTo(2);
        assertThat(err.toString()).isEqualTo("longshore: --log-archive: must not have a user or password in it\n");
    }

    @Test
    void aBadOptionIsNotBlamedOnAVariable() {
        assertThat(main(Map.of("LONGSHORE_HTTP_PORT", "1")).execute("operator", "--http-port=x"))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("longshore: Invalid value for option '--http-port'");
    }
}
