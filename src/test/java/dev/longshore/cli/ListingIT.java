package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsApiServer;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What commands on a cluster show, in one where nobody runs jobs: their statuses are written by the tests. */
@NeedsApiServer
class ListingIT {
    private TestJobs jobs;
    private Commands commands;
    private String namespace;

    @BeforeEach
    void namespace(ApiServer server) {
        jobs = new TestJobs(server);
        commands = jobs.commands();
        namespace = jobs.namespace();
    }

    @Test
    void aListIsATable() {
        jobs.createThree();
        var list = commands.run("list");
        assertThat(list.lines().get(0).split(" +"))
                .containsExactly("NAME", "TEMPLATE", "HOST", "PRIORITY", "PHASE", "EXIT", "DURATION", "AGE");
        assertThat(list.row("broken")).startsWith("broken", "import", "local", "1", "Failed", "3", "2s");
        assertThat(list.row("fresh")).startsWith("fresh", "(inline)", "elsewhere/other", "3", "Pending");
        assertThat(commands.run("list", "-o", "wide").row("broken")).contains("NonZeroExit", "as the test says");
        assertThat(commands.run("list", "-A").lines()).anyMatch(line -> line.matches(namespace + " +done +import .*"));
    }

    @Test
    void aListIsWhatIsAskedFor() {
        jobs.createThree();
        assertThat(jobs.names("--phase", "Failed")).containsExactly("broken");
        assertThat(jobs.names("--phase", "pending,completed")).containsExactly("done", "fresh");
        assertThat(jobs.names("--template", "import")).containsExactly("broken", "done");
        assertThat(jobs.names("--host", "local")).containsExactly("broken", "done");
        assertThat(jobs.names("--host", namespace + "/local")).containsExactly("broken", "done");
        assertThat(jobs.names("--host", "elsewhere/other")).containsExactly("fresh");
        assertThat(jobs.names("--since", "1h", "--phase", "Completed")).containsExactly("done");
        assertThat(jobs.names("--since", "0s")).isEmpty();
        assertThat(jobs.names("--sort-by", "priority")).containsExactly("broken", "done", "fresh");
        assertThat(jobs.names("--sort-by", "finishedAt")).containsExactly("broken", "done", "fresh");
        assertThat(jobs.names("--sort-by", "createdAt")).hasSize(3);
    }

    @Test
    void aListCanBeReadByMachines() throws IOException {
        jobs.completed("done");
        var list =
                new ObjectMapper().readTree(commands.run("list", "-o", "json").out());
        assertThat(list.path("kind").asText()).isEqualTo("List");
        assertThat(list.path("items")).hasSize(1);
        assertThat(list.at("/items/0/metadata/name").asText()).isEqualTo("done");
        assertThat(list.at("/items/0/metadata").has("managedFields")).isFalse();
        assertThat(list.at("/items/0/status/phase").asText()).isEqualTo("Completed");
        assertThat(commands.run("list", "-o", "yaml").out()).contains("kind: \"List\"", "phase: \"Completed\"");
        var one = new ObjectMapper()
                .readTree(commands.run("describe", "done", "-o", "json").out());
        assertThat(one.path("kind").asText()).isEqualTo("ContainerJob");
    }

    @Test
    void nothingFoundIsNoError() throws IOException {
        var none = commands.run("list");
        assertThat(none.exitCode()).isZero();
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).isEqualTo("No resources found in " + namespace + " namespace.\n");
        var json = commands.run("list", "-o", "json");
        assertThat(new ObjectMapper().readTree(json.out()).path("items")).isEmpty();
        assertThat(commands.run("stats").err()).startsWith("No resources found");
        assertThat(commands.run("cleanup").err()).startsWith("No resources found");
    }

    @Test
    void aDescriptionHasTheTemplateBeforeThereIsAnAttempt() {
        jobs.create("waits", TestJobs.ON_LOCAL + ", args: [a, b], resources: {limits: {memory: 64Mi}}");
        assertThat(commands.run("describe", "waits").out())
                .contains("Container (from the current template):")
                .containsPattern("Image: +busybox")
                .containsPattern("Args: +\\[a, b]")
                .containsPattern("Limits: +memory 64Mi");
        jobs.create("orphan", "templateRef: {name: gone}, hostRef: {name: local}, env: [{name: A, value: b}]");
        assertThat(commands.run("describe", "orphan").out())
                .containsPattern("Container: +<unknown: ContainerTemplate gone not found>")
                .contains("Overrides:", "    A=b\n");
    }

    @Test
    void aDescriptionTellsEverythingAndIsCleanForATerminal() {
        jobs.createThree();
        assertThat(commands.run("describe", "broken", "fresh").out())
                .containsPattern("Name: +broken")
                .containsPattern("Host: +local")
                .containsPattern("Reason: +NonZeroExit")
                .containsPattern("Meaning: +The container exited with a non-zero code")
                .containsPattern("Exit Code: +3")
                .containsPattern("Finished +True +NonZeroExit")
                .contains("Standard Output:\n  red\n")
                .containsPattern("Events: +<none>")
                .containsPattern("Name: +fresh")
                .doesNotContain("\u001b", "null");
    }

    @Test
    void statisticsAreOfEachTemplate() throws IOException {
        jobs.createThree();
        var stats =
                new ObjectMapper().readTree(commands.run("stats", "-o", "json").out());
        assertThat(stats.fieldNames()).toIterable().containsExactly("items");
        assertThat(stats.path("items")).hasSize(2);
        var item = stats.at("/items/1");
        assertThat(item.fieldNames())
                .toIterable()
                .containsExactly(
                        "namespace",
                        "template",
                        "total",
                        "completed",
                        "failed",
                        "cancelled",
                        "successRate",
                        "averageSeconds",
                        "p95Seconds");
        assertThat(item.path("namespace").asText()).isEqualTo(namespace);
        assertThat(item.path("template").asText()).isEqualTo("import");
        assertThat(item.path("total").asInt()).isEqualTo(2);
        assertThat(item.path("successRate").asDouble()).isEqualTo(0.5);
        assertThat(item.path("averageSeconds").asDouble()).isEqualTo(2.0);
        assertThat(item.path("p95Seconds").asDouble()).isEqualTo(2.0);
        assertThat(stats.at("/items/0/template").asText()).isEmpty();
        assertThat(stats.at("/items/0/successRate").isNull()).isTrue();
        assertThat(stats.at("/items/0").has("successRate")).isTrue();
        assertThat(commands.run("stats").row("import"))
                .containsExactly("import", "2", "1", "1", "0", "50.0%", "2s", "2s");
        assertThat(commands.run("stats").row("(inline)")).startsWith("(inline)", "1", "0");
    }

    @Test
    void statisticsShowUsageOnRequest() throws IOException {
        jobs.createThree();
        assertThat(commands.run("stats", "--usage").row("import"))
                .startsWith("import", "2", "1", "1", "0", "50.0%", "2s", "2s", "2", "40MiB", "512Mi", "3s", "0.75")
                .endsWith("memory limit 512Mi, peak 40Mi: 64Mi is enough");
        var stats = new ObjectMapper()
                .readTree(commands.run("stats", "--usage", "-o", "json").out());
        var usage = stats.at("/items/1/usage");
        assertThat(usage.path("measured").asInt()).isEqualTo(2);
        assertThat(usage.path("peakMemoryBytes").asLong()).isEqualTo(41_943_040);
        assertThat(usage.at("/memoryLimits/0").asText()).isEqualTo("512Mi");
        assertThat(usage.path("meanCores").asDouble()).isEqualTo(0.75);
        assertThat(usage.path("networkSentBytes").isNull()).isTrue();
        assertThat(usage.at("/hints/0").asText()).isEqualTo("memory limit 512Mi, peak 40Mi: 64Mi is enough");
        assertThat(stats.at("/items/0/usage/measured").asInt()).isZero();
    }

    @Test
    void aTemplateWithoutJobsHasStatisticsToo() throws IOException {
        var stats = new ObjectMapper()
                .readTree(commands.run("stats", "--template", "import", "-o", "json")
                        .out());
        assertThat(stats.at("/items/0/total").asInt()).isZero();
        assertThat(stats.at("/items/0/successRate").isNull()).isTrue();
    }

    @Test
    void aHostThatNobodyHasLookedAtIsUnknown() throws IOException {
        assertThat(commands.run("hosts").row("local"))
                .startsWith("local", LocalDocker.HOST, "Unknown", "0/4", "0", "-", "-", "-", "true");
        assertThat(commands.run("hosts", "-A").lines()).anyMatch(line -> line.matches(namespace + " +local .*"));
        assertThat(commands.run("hosts", "-o", "name").lines()).containsExactly("dockerhost.longshore.dev/local");
        var json =
                new ObjectMapper().readTree(commands.run("hosts", "-o", "json").out());
        assertThat(json.at("/items/0/spec/maxConcurrentJobs").asInt()).isEqualTo(4);
    }
}
