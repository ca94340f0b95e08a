package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code longshore import} on files. */
class ImportCommandIT {
    private static final Path SAMPLES = Path.of("src", "test", "resources", "django");
    private static final int LONG_TEXT = 100_000_000;

    @TempDir
    private Path folder;

    private static String sample(String name) {
        return SAMPLES.resolve(name + ".json").toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"python-api-reference", "released-1.0.14"})
    void theOutputIsValid(String sample) throws IOException {
        for (var secrets : List.of("redact", "include")) {
            var imported = Commands.runAsItIs(
                    "import", sample(sample), "--jobs", "pending", "--secrets", secrets, "-n", "team");
            assertThat(imported.exitCode()).isZero();
            assertThat(imported.out()).startsWith("---\n");
            assertThat(imported.err().lines()).isNotEmpty().allMatch(line -> line.startsWith("longshore: "));

            var file = Files.writeString(folder.resolve(secrets + ".yaml"), imported.out());
            var validated = Commands.runAsItIs("validate", file.toString());
            assertThat(validated.exitCode()).as(validated.err()).isZero();
        }
    }

    @Test
    void theOutputIsTheSameEachTime() {
        assertThat(Commands.runAsItIs("import", sample("released-1.0.14")))
                .isEqualTo(Commands.runAsItIs("import", sample("released-1.0.14")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            import nowhere.json              ~ nowhere.json: no such file or directory
            import src                       ~ src: failed to read: Is a directory
            import README.md                 ~ README.md: not valid JSON at line 1
            import                           ~ Missing required parameter: 'FILE'
            import a.json b.json             ~ unexpected argument 'b.json'
            import a.json --jobs all         ~ Invalid value for option '--jobs': 'all' is not one of pending
            import a.json --secrets no       ~ Invalid value for option '--secrets': 'no' is not one of redact, include
            import a.json --start            ~ --start requires --jobs pending
            import a.json -n A               ~ invalid namespace 'A'
            """)
    void badUsageIsALine(String command, String message) {
        Commands.runAsItIs(command.split(" ")).assertRefused(message);
    }

    @Test
    void aLongTextThatIsCarriedOverIsNamed() throws Exception {
        var dump = dump("containertemplate", "\"name\": \"t\", \"docker_image\": \"busybox\", \"command\"");

        assertThat(inSmallMemory(dump)).isEqualTo(2);
        assertThat(folder.resolve("out")).isEmptyFile();
        assertThat(folder.resolve("err"))
                .hasContent("longshore: " + dump + ": containertemplate 2 \"t\": command: longer than 1 MiB");
    }

    @Test
    void aLongLogIsPassedOver() throws Exception {
        assertThat(inSmallMemory(dump("containerjob", "\"status\": \"failed\", \"stdout_log\"")))
                .isZero();
        assertThat(folder.resolve("out")).content().contains("kind: DockerHost");
        assertThat(Files.readAllLines(folder.resolve("err")))
                .containsExactly(
                        "longshore: containerjob 2: \"stdout_log\" is longer than 1 MiB, and not carried over",
                        "longshore: 1 finished job skipped");
    }

    /** @param fields the last without a value */
    private Path dump(String model, String fields) throws IOException {
        var file = folder.resolve("dump.json");
        try (var text = Files.newBufferedWriter(file)) {
            text.write("""
                    [{"model": "container_manager.dockerhost", "pk": 1,
                      "fields": {"name": "h", "connection_string": "unix:///var/run/docker.sock"}},
                     {"model": "container_manager.%s", "pk": 2, "fields": {%s: "\
                    """.formatted(model, fields));
            for (var i = 0; i < LONG_TEXT; i += 10) {
                text.write("\\\"\\u00e4\\n");
            }
            text.write("\"}}]");
        }
        return file;
    }

    private int inSmallMemory(Path dump) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "import",
                        dump.toString())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start()
                .waitFor();
    }
}
