package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.testing.ApiServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands as somebody gives them, in this process. */
public final class Commands {
    private final Path kubeconfig;
    private final String namespace;

    /** On a namespace of the API server of the tests. */
    Commands(ApiServer server, String namespace) {
        this(server.kubeconfig(), namespace);
    }

    Commands(Path kubeconfig, String namespace) {
        this.kubeconfig = kubeconfig;
        this.namespace = namespace;
    }

    /** What came of one. */
    public record Result(int exitCode, String out, String err) {
        /** The words that it printed, of a command that ended well. */
        public List<String> lines() {
            assertThat(exitCode).as(err).isZero();
            return out.lines().toList();
        }

        /** The cells of a table's line that begins with this one. */
        List<String> row(String first) {
            return out.lines()
                    .map(line -> List.of(line.split(" {2,}")))
                    .filter(cells -> cells.get(0).equals(first))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + first + " in\n" + out));
        }

        void assertRefused(String... message) {
            assertThat(exitCode).isEqualTo(2);
            assertThat(out).isEmpty();
            assertThat(err.lines())
                    .singleElement()
                    .satisfies(
                            line -> assertThat(line).startsWith("longshore: ").contains(message));
        }
    }

    public Result run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--kubeconfig", kubeconfig.toString(), "-n", namespace));
        return runAsItIs(all.toArray(String[]::new));
    }

    static Result runAsItIs(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exitCode = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(exitCode, out.toString(), err.toString());
    }
}
