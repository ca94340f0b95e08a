package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code longshore submit --each}, on a cluster in which nobody runs jobs. */
@NeedsApiServer
class SubmitEachIT {
    @TempDir
    private Path folder;

    private TestJobs jobs;
    private Commands commands;

    @BeforeEach
    void namespace(ApiServer server) {
        jobs = new TestJobs(server);
        commands = jobs.commands();
    }

    @Test
    void aJobIsCreatedForEachLine() throws IOException {
        var lines = IntStream.rangeClosed(1, 40)
                .mapToObj(number -> "file " + number + ".csv\n")
                .collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("lines"), lines);
        var created = commands.run(
                "submit", "import", "--each", folder.resolve("lines").toString(), "--arg", "{}", "--env", "FROM=in/{}");
        assertThat(created.lines()).containsExactly("40 jobs created");
        assertThat(created.err()).isEmpty();
        var given = jobs.names().stream().map(jobs::job).toList();
        assertThat(given)
                .hasSize(40)
                .allSatisfy(job -> {
                    var file = job.getSpec().args().get(0);
                    assertThat(job.getSpec().env().get(0).value()).isEqualTo("in/" + file);
                    assertThat(job.getMetadata().getFinalizers()).isEmpty();
                })
                .extracting(job -> job.getSpec().args().get(0))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 40)
                        .mapToObj(number -> "file " + number + ".csv")
                        .toList());
    }

    @Test
    void theNamesOfJobsForLinesComeInTheirOrder() throws IOException {
        Files.writeString(folder.resolve("lines"), "a\r\nb\r\nc");
        var names = commands.run(
                        "submit", "import", "--each", folder.resolve("lines").toString(), "--arg", "{}", "-o", "name")
                .lines();
        assertThat(names.stream()
                        .map(name -> jobs.job(name.substring(name.indexOf('/') + 1)))
                        .map(job -> job.getSpec().args().get(0)))
                .containsExactly("a", "b", "c");
    }

    @Test
    void whatCannotBeSubmittedForEachLineCreatesNothing() throws IOException {
        var lines = folder.resolve("lines").toString();
        commands.run("submit", "import", "--each", lines, "--arg", "{}").assertRefused(lines, "no such file");
        Files.writeString(folder.resolve("lines"), "\n \n");
        commands.run("submit", "import", "--each", lines, "--arg", "{}").assertRefused(lines, "has no lines");
        Files.writeString(folder.resolve("lines"), "a\nb\n");
        commands.run("submit", "import", "--each", lines).assertRefused("--each requires {}");
        commands.run("submit", "imprt", "--each", lines, "--arg", "{}").assertRefused("imprt not found", "import?");
        commands.run("submit", "import", "--each", lines, "--arg", "{}", "--wait")
                .assertRefused("--each cannot be combined with --wait");
        assertThat(jobs.names()).isEmpty();
    }

    @Test
    void aLineThatIsRefusedIsNamedWithThoseThatHaveNoJob() throws IOException {
        // Larger than what the API server takes.
        Files.writeString(folder.resolve("lines"), "a\n" + "b".repeat(4 << 20) + "\n");
        var result = commands.run(
                "submit", "import", "--each", folder.resolve("lines").toString(), "--arg", "{}");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("line 2: ", "; 1 job created, none for line 2"));
        assertThat(result.err()).doesNotContain("bbb");
        assertThat(jobs.names()).hasSize(1);
    }
}
