package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import java.io.File;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code kubectl longshore}, with {@code target} on the PATH. */
@NeedsApiServer
class KubectlPluginIT {
    private static Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("PATH", Finished.JAR.getParent() + File.pathSeparator + System.getenv("PATH"));
        return environment;
    }

    @BeforeAll
    static void make() {
        assertThat(Finished.run(environment(), "src/scripts/launcher.sh").code())
                .isZero();
    }

    private static Finished kubectl(String... arguments) throws IOException {
        return Finished.run(
                environment(),
                Stream.concat(Stream.of(ApiServer.kubectl().toString(), "longshore"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    @Test
    void helpAndErrorsSpeakOfThePlugin() throws IOException {
        assertThat(kubectl("--help").out()).startsWith("Usage: kubectl longshore ");
        assertThat(kubectl("run", "--help").out()).startsWith("Usage: kubectl longshore run ");
        var refused = kubectl("run");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).startsWith("longshore: ").contains("see kubectl longshore run --help");
    }

    @Test
    void argumentsAndOutputArePassedOn() throws IOException {
        assertThat(kubectl("crds")).isEqualTo(Finished.jar("crds"));
        assertThat(kubectl("generate-completion")).isEqualTo(Finished.jar("generate-completion"));
    }
}
