package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobHost;
import dev.longshore.api.JobLogs;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands on a cluster in which nobody runs jobs: their statuses are written by the tests. */
@NeedsApiServer
class ClusterCommandsIT {
    private KubernetesClient client;
    private String namespace;
    private Commands commands;

    @BeforeEach
    void namespace(ApiServer server) {
        server.installCrds();
        client = server.client();
        namespace = server.namespace();
        commands = new Commands(server, namespace);
        create("""
                apiVersion: longshore.dev/v1
                kind: ContainerTemplate
                metadata: {name: import}
                spec: {image: busybox}
                ---
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: local}
                spec: {endpoint: 'unix:///var/run/docker.sock', maxConcurrentJobs: 4}
                """);
    }

    private void create(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(resource ->
                        client.resource(resource).inNamespace(namespace).create());
    }

    private void job(String name, String spec) {
        create("""
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s, labels: {batch: pictures}, finalizers: []}
                spec: {%s}
                """.formatted(name, spec));
    }

    private ContainerJob job(String name) {
        return client.resources(ContainerJob.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private void status(String name, ContainerJobStatus status) {
        var job = job(name);
        job.setStatus(status);
        client.resource(job).updateStatus();
    }

    /** One that has ended, a while ago. */
    private void finished(String name, String spec, JobPhase phase, JobReason reason, Instant at) {
        job(name, spec);
        status(
                name,
                ContainerJobStatusBuilder.builder()
                        .phase(phase)
                        .reason(reason)
                        .message("as the test says")
                        .host(new JobHost(namespace, "local"))
                        .exitCode(phase == JobPhase.COMPLETED ? 0 : 3)
                        .startedAt(at.minusSeconds(2).toString())
                        .finishedAt(at.toString())
                        .duration("2s")
                        .logs(new JobLogs("\u001b[31mred\u001b[0m\n", "", false))
                        .conditions(List.of(new ConditionBuilder()
                                .withType("Finished")
                                .withStatus("True")
                                .withReason(reason.word())
                                .withMessage("")
                                .withLastTransitionTime(at.toString())
                                .build()))
                        .build());
    }

    private void completed(String name) {
        finished(name, ON_LOCAL, JobPhase.COMPLETED, JobReason.COMPLETED, Instant.now());
    }

    private static final String ON_LOCAL = "templateRef: {name: import}, hostRef: {name: local}";
    private static final String ON_ANY = "templateRef: {name: import}, hostSelector: {}";

    private void threeJobs() {
        finished("done", ON_ANY, JobPhase.COMPLETED, JobReason.COMPLETED, Instant.now());
        finished(
                "broken",
                ON_LOCAL + ", priority: 1",
                JobPhase.FAILED,
                JobReason.NON_ZERO_EXIT,
                Instant.now().minusSeconds(7200));
        job("fresh", "template: {image: busybox}, hostRef: {name: other, namespace: elsewhere}");
    }

    @Test
    void aListIsATable() {
        threeJobs();
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
        threeJobs();
        assertThat(names("--phase", "Failed")).containsExactly("broken");
        assertThat(names("--phase", "pending,completed")).containsExactly("done", "fresh");
        assertThat(names("--template", "import")).containsExactly("broken", "done");
        assertThat(names("--host", "local")).containsExactly("broken", "done");
        assertThat(names("--host", namespace + "/local")).containsExactly("broken", "done");
        assertThat(names("--host", "elsewhere/other")).containsExactly("fresh");
        assertThat(names("--since", "1h", "--phase", "Completed")).containsExactly("done");
        assertThat(names("--since", "0s")).isEmpty();
        assertThat(names("--sort-by", "priority")).containsExactly("broken", "done", "fresh");
        assertThat(names("--sort-by", "finishedAt")).containsExactly("broken", "done", "fresh");
        assertThat(names("--sort-by", "createdAt")).hasSize(3);
    }

    private List<String> names(String... wishes) {
        var arguments = new ArrayList<>(List.of("list", "-o", "name"));
        arguments.addAll(List.of(wishes));
        return commands.run(arguments.toArray(String[]::new)).lines().stream()
                .map(name -> name.replace("containerjob.longshore.dev/", ""))
                .toList();
    }

    @Test
    void aListCanBeReadByMachines() throws IOException {
        completed("done");
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
    void aNameThatDoesNotExistIsNamedWithTheNearest() {
        completed("thumbnails");
        for (var command : List.of("describe", "cancel", "retry", "wait")) {
            commands.run(command, "thumbnials")
                    .assertRefused("no ContainerJob thumbnials in the namespace " + namespace, "mean thumbnails?");
        }
        commands.run("describe", "../dockerhosts").assertRefused("is not a name");
        commands.run("submit", "imprt").assertRefused("no ContainerTemplate imprt", "did you mean import?");
        commands.run("submit", "import", "--host", "locl").assertRefused("no DockerHost locl", "mean local?");
        commands.run("submit", "import", "--host", "elsewhere/local").assertRefused("in the namespace elsewhere");
        commands.run("list", "--template", "imprt").assertRefused("did you mean import?");
        commands.run("list", "--host", "locl").assertRefused("did you mean local?");
        commands.run("list", "--host", "elsewhere/local").assertRefused("in the namespace elsewhere");
        commands.run("stats", "--template", "imprt").assertRefused("did you mean import?");
        assertThat(names()).containsExactly("thumbnails");
    }

    @Test
    void badUsageIsOneLine(ApiServer server) {
        commands.run("submit").assertRefused("TEMPLATE");
        commands.run("submit", "import", "--priority", "6").assertRefused("--priority has to be 1 to 5");
        commands.run("submit", "import", "--env", "X").assertRefused("--env");
        commands.run("submit", "import", "--host", "a/b/c").assertRefused("NAME or NAMESPACE/NAME");
        commands.run("submit", "import", "--host", "../local").assertRefused("'..' is not a name of a Namespace");
        Commands.runAsItIs(
                        "list", "-n", "a/b", "--kubeconfig", server.kubeconfig().toString())
                .assertRefused("'a/b' is not a name of a Namespace");
        commands.run("submit", "import", "--name", "No_Name").assertRefused("No_Name");
        commands.run("list", "--phase", "Ended").assertRefused("--phase", "Ended");
        commands.run("list", "--sort-by", "size").assertRefused("--sort-by", "finishedAt");
        commands.run("list", "--since", "yesterday").assertRefused("--since", "90s");
        commands.run("list", "-o", "xml").assertRefused("--output");
        commands.run("wait", "x", "--timeout", "soon").assertRefused("--timeout");
        commands.run("wait").assertRefused("NAME");
        commands.run("cleanup", "--phase", "Running").assertRefused("only jobs that have finished");
        commands.run("stats", "-o", "yaml").assertRefused("--output");
    }

    @Test
    void aSubmittedJobHasWhatWasGiven() {
        assertThat(commands.run(
                                "submit",
                                "import",
                                "--name",
                                "given",
                                "--host",
                                "local",
                                "--priority",
                                "2",
                                "--env",
                                "A=b=c",
                                "--env",
                                "E=",
                                "--arg",
                                "one two",
                                "--arg",
                                "-x")
                        .lines())
                .containsExactly("containerjob.longshore.dev/given created");
        var spec = job("given").getSpec();
        assertThat(spec.templateRef().name()).isEqualTo("import");
        assertThat(spec.hostRef().name()).isEqualTo("local");
        assertThat(spec.priority()).isEqualTo(2);
        assertThat(spec.args()).containsExactly("one two", "-x");
        assertThat(spec.env())
                .extracting(variable -> variable.name() + ":" + variable.value())
                .containsExactly("A:b=c", "E:");
        commands.run("submit", "import", "--name", "given").assertRefused("\"given\" already exists");
    }

    @Test
    void withoutAHostAnyOfTheNamespaceWillDo() {
        var name = commands.run("submit", "import", "-o", "name").out().strip();
        assertThat(name).matches("containerjob\\.longshore\\.dev/import-[a-z0-9]{5}");
        var spec = job(name.substring(name.indexOf('/') + 1)).getSpec();
        assertThat(spec.hostRef()).isNull();
        assertThat(spec.hostSelector().matchLabels()).isEmpty();
        assertThat(commands.run("cancel", name).lines()).containsExactly(name + " cancel requested");
    }

    @Test
    void aDescriptionTellsEverythingAndIsCleanForATerminal() {
        threeJobs();
        assertThat(commands.run("describe", "broken", "fresh").out())
                .containsPattern("Name: +broken")
                .containsPattern("Host: +local")
                .containsPattern("Reason: +NonZeroExit")
                .containsPattern("Meaning: +Its container ended with an exit code other than 0")
                .containsPattern("Exit Code: +3")
                .containsPattern("Finished +True +NonZeroExit")
                .contains("Standard Output:\n  red\n")
                .containsPattern("Events: +<none>")
                .containsPattern("Name: +fresh")
                .doesNotContain("\u001b", "null");
    }

    @Test
    void cancellingTouchesNothingElseAndHarmsNoFinishedJob() {
        threeJobs();
        assertThat(commands.run("cancel", "fresh", "done").lines())
                .containsExactly(
                        "containerjob.longshore.dev/fresh cancel requested",
                        "containerjob.longshore.dev/done has finished already: Completed");
        assertThat(job("fresh").getSpec().cancel()).isTrue();
        assertThat(job("fresh").getMetadata().getLabels()).containsEntry("batch", "pictures");
        assertThat(job("done").getSpec().cancel()).isFalse();
        assertThat(commands.run("cancel", "fresh").exitCode()).isZero();
    }

    @Test
    void ofSeveralNamesNoneIsCancelledIfOneDoesNotExist() {
        job("fresh", ON_LOCAL);
        commands.run("cancel", "fresh", "nowhere").assertRefused("nowhere");
        assertThat(job("fresh").getSpec().cancel()).isFalse();
    }

    @Test
    void aFinishedJobIsRetriedAsANewOneAndAnUnfinishedOneIsNot() {
        threeJobs();
        var created = commands.run("retry", "broken", "-o", "name").out().strip();
        assertThat(created).matches("containerjob\\.longshore\\.dev/broken-[a-z0-9]{5}");
        var copy = job(created.substring(created.indexOf('/') + 1));
        assertThat(copy.getSpec()).isEqualTo(job("broken").getSpec());
        assertThat(copy.getMetadata().getLabels()).containsEntry("batch", "pictures");
        assertThat(copy.getStatus().phase()).isNull();
        commands.run("retry", "broken", "fresh").assertRefused("fresh is Pending and would run twice");
        assertThat(names()).hasSize(4);
    }

    @Test
    void waitingEndsAtOnceForJobsThatHaveFinished() {
        threeJobs();
        assertThat(commands.run("wait", "done").lines())
                .containsExactly("containerjob.longshore.dev/done completed: as the test says");
        var failed = commands.run("wait", "done", "broken");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.out()).contains("broken failed (NonZeroExit)");
    }

    @Test
    void waitingEndsInTime() {
        job("fresh", ON_LOCAL);
        completed("done");
        var late = commands.run("wait", "fresh", "done", "--timeout", "1s");
        assertThat(late.exitCode()).isEqualTo(124);
        assertThat(late.err()).startsWith("longshore: ContainerJob fresh has not finished in time: Pending");
        assertThat(late.out()).contains("done completed");
    }

    @Test
    void statisticsAreOfEachTemplate() throws IOException {
        threeJobs();
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
    void aTemplateWithoutJobsHasStatisticsToo() throws IOException {
        var stats = new ObjectMapper()
                .readTree(commands.run("stats", "--template", "import", "-o", "json")
                        .out());
        assertThat(stats.at("/items/0/total").asInt()).isZero();
        assertThat(stats.at("/items/0/successRate").isNull()).isTrue();
    }

    @Test
    void cleaningUpDeletesWhatHasFinished() {
        threeJobs();
        assertThat(commands.run("cleanup", "--older-than", "1h", "--dry-run").lines())
                .containsExactly(
                        "containerjob.longshore.dev \"broken\" deleted from " + namespace + " namespace (dry run)");
        assertThat(names()).hasSize(3);
        assertThat(commands.run("cleanup", "--older-than", "1h").lines())
                .containsExactly("containerjob.longshore.dev \"broken\" deleted from " + namespace + " namespace");
        assertThat(names()).containsExactly("done", "fresh");
        assertThat(commands.run("cleanup", "--phase", "failed,cancelled").err()).startsWith("No resources found");
        assertThat(commands.run("cleanup", "-o", "name").lines()).containsExactly("containerjob.longshore.dev/done");
        assertThat(names()).containsExactly("fresh");
    }

    @Test
    void aHostThatNobodyHasLookedAtIsUnknown() throws IOException {
        assertThat(commands.run("hosts").row("local"))
                .startsWith("local", "unix:///var/run/docker.sock", "Unknown", "0/4", "0", "true");
        assertThat(commands.run("hosts", "-A").lines()).anyMatch(line -> line.matches(namespace + " +local .*"));
        assertThat(commands.run("hosts", "-o", "name").lines()).containsExactly("dockerhost.longshore.dev/local");
        var json =
                new ObjectMapper().readTree(commands.run("hosts", "-o", "json").out());
        assertThat(json.at("/items/0/spec/maxConcurrentJobs").asInt()).isEqualTo(4);
    }
}
