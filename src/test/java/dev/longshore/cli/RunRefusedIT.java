package dev.longshore.cli;

import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code longshore run} does not take: it says why on one line, and runs nothing. */
@NeedsDocker
class RunRefusedIT {
    @TempDir
    private Path folder;

    private JobManifests manifests;

    @BeforeEach
    void write() {
        manifests = new JobManifests(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "--logs, '', --logs must not be empty",
        "--logs, /dev/null, --logs /dev/null: not a folder",
        "--set-host, nowhere, not a DockerHost in the manifests",
        "--env, novalue, NAME=VALUE",
        "--max-concurrent, 0, 1 or more",
        "--max-concurrent, many, --max-concurrent",
        "--set-host, unix:///no/such.sock, start the Docker daemon",
        "--set-host, tcp://127.0.0.1:1, connection refused: start the Docker daemon"
    })
    void aBadValueOrADaemonThatIsNotThereIsOneLineAndNothingIsRun(String option, String value, String message)
            throws IOException {
        Commands.runAsItIs("run", manifests.script("fine", "exit 0"), option, value)
                .assertRefused(message);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Commands.runAsItIs("run", "no-such.yaml").assertRefused("no-such.yaml");
    }

    @Test
    void aMisspeltFieldIsNamed() throws IOException {
        var file = manifests.job("misspelt", "template: {image: x, readOnlyRootFileSystem: true}");
        Commands.runAsItIs("run", file)
                .assertRefused(
                        ":5:24: ContainerJob default/misspelt: spec.template.readOnlyRootFileSystem: unknown field;"
                                + " did you mean readOnlyRootFilesystem?");
    }

    @Test
    void whatTheApiServerWouldRefuseDoesNotRun() throws IOException {
        manifests.script("fine", "exit 0");
        manifests.job("urgent", "priority: 9\ntemplate: {image: x}");
        Commands.runAsItIs("run", folder.toString())
                .assertRefused(
                        "urgent.yaml:5:3: ContainerJob default/urgent: spec.priority: Invalid value: 9: should be less than");
    }

    @Test
    void aReferenceThatNoFileDefinesIsNamed() throws IOException {
        Commands.runAsItIs("run", manifests.job("dangling", "templateRef: {name: nowhere}"))
                .assertRefused("nowhere");
    }

    @Test
    void badUsageIsOneLine() {
        Commands.runAsItIs("run", "-o", "nonsense", "x.yaml").assertRefused("--output");
    }
}
