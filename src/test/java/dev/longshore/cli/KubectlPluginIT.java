package dev.longshore.cli;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kubectl longshore}, with the launcher on the PATH. */
@NeedsApiServer
class KubectlPluginIT {
    @TempDir
    private static Path folder;

    /** As beside the jar after a build. */
    @BeforeAll
    static void install() throws IOException {
        Files.createSymbolicLink(folder.resolve("longshore.jar"), Finished.JAR);
        Files.copy(Path.of("src/launcher/longshore"), folder.resolve("kubectl-longshore"), COPY_ATTRIBUTES);
    }

    private static Map<String, String> environment() {
        return Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "PATH",
                folder + File.pathSeparator + System.getenv("PATH"));
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
