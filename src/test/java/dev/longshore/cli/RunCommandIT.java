package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code longshore run} on the daemon of this machine. */
@NeedsDocker
class RunCommandIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String manifest(String name, String spec) throws IOException {
        return new JobManifests(folder).job(name, spec);
    }

    private String script(String name, String script) throws IOException {
        return new JobManifests(folder).script(name, script);
    }

    @Test
    void endsWith0WhenAllCompleted() throws IOException {
        assertThat(run("run", script("fine", "exit 0"))).isZero();
        assertThat(out.toString()).contains("NAME", "EXIT").containsPattern("fine .* Completed .* 0 ");
    }

    @Test
    void endsWith1WhenOneDidNotAndShowsItsLogWithoutControlSequences() throws IOException {
        script("fine", "exit 0");
        script("broken", "printf '\\\\033[31mred\\\\033[0m'; exit 3");
        assertThat(run("run", folder.toString())).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("broken .* NonZeroExit .* 3 ")
                .contains("fine");
        assertThat(err.toString()).contains("--- log of broken ---", "\nred\n").doesNotContain("\u001b");
    }

    @Test
    void printsTheJobsWithTheirStatusAsAListInJson() throws IOException {
        assertThat(run("run", "-o", "json", script("told", "echo hello"))).isZero();
        JsonNode list = new ObjectMapper().readTree(out.toString());
        assertThat(names(list)).containsExactly("apiVersion", "kind", "items");
        assertThat(list.path("kind").asText()).isEqualTo("List");
        var job = list.path("items").get(0);
        assertThat(names(job)).containsExactly("apiVersion", "kind", "metadata", "spec", "status");
        assertThat(names(job.path("status")))
                .containsExactly(
                        "phase",
                        "reason",
                        "message",
                        "conditions",
                        "host",
                        "containerID",
                        "containerName",
                        "imageID",
                        "attempt",
                        "exitCode",
                        "oomKilled",
                        "startedAt",
                        "finishedAt",
                        "duration",
                        "effective",
                        "logs",
                        "attempts",
                        "observedGeneration");
        assertThat(Stream.of("/metadata/creationTimestamp", "/status/startedAt", "/status/finishedAt")
                        .map(path -> job.at(path).asText()))
                .allMatch(time -> time.matches("[-0-9]{10}T[:0-9]{8}\\.[0-9]{3}Z"));
        assertThat(out.toString()).doesNotContain("null");
        assertThat(job.path("status").path("phase").asText()).isEqualTo("Completed");
        assertThat(job.path("status").path("logs").path("stdout").asText()).isEqualTo("hello\n");
    }

    @Test
    void printsResultsAndTakesAnyLogDriverWhereNoHostIsNamed() throws IOException {
        var file = Files.writeString(folder.resolve("job.yaml"), """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: rows}
                spec:
                  template:
                    image: busybox:stable
                    command: [sh, -c, 'echo 12 > /rows']
                    logging: {driver: json-file, options: {max-size: 1m}}
                    results: [{name: rows, path: /rows}, {name: none, path: /none}]
                """);
        assertThat(run("run", "-o", "json", file.toString())).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).at("/items/0/status/results"))
                .hasToString(
                        "[{\"name\":\"rows\",\"value\":\"12\\n\"},{\"name\":\"none\",\"error\":\"no such file\"}]");
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void theNamespaceIsAColumnWhereThereAreSeveral() throws IOException {
        var one = script("one", "exit 0");
        var two = script("two", "exit 0");
        Files.writeString(
                Path.of(two), Files.readString(Path.of(two)).replace("{name: two}", "{name: two, namespace: team}"));
        assertThat(run("run", one, two)).isZero();
        assertThat(out.toString())
                .startsWith("NAMESPACE   NAME")
                .containsPattern("default +one ")
                .containsPattern("team +two ");
        assertThat(err.toString()).contains("default/one: ", "team/two: ");
    }

    @Test
    void setsAnEnvironmentVariableInEveryJobOverItsOwn() throws IOException {
        manifest("shows", """
                env: [{name: A, value: own}, {name: B, value: own}]
                template: {image: '%s', command: [sh, -c, 'echo $A-$B-$C'], env: [{name: C, value: own}]}
                """.formatted(LocalDocker.IMAGE));
        assertThat(run("run", "-o", "yaml", "--env", "A=x=y", "--env", "C=", folder.toString()))
                .isZero();
        assertThat(out.toString()).contains("x=y-own-\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "suspend: true~template: {image: 'busybox:stable'} | did not finish: suspended",
                "template: {image: 'busybox:stable', networks: [{name: no-such-network}]} | NetworkNotFound.*no-such-network",
                "template: {image: 'busybox:none', imagePullPolicy: Never} | ImagePullFailed.*busybox:none"
            })
    void aJobThatCanNeverStartSaysWhyAndEndsTheRun(String spec, String message) throws IOException {
        assertThat(run("run", manifest("never", spec.replace("~", "\n")))).isEqualTo(1);
        assertThat(err.toString()).containsPattern(message);
    }

    @Test
    void takesSecretsFromTheSameFilesAndMasksThem() throws IOException {
        Files.writeString(folder.resolve("secret.yaml"), """
                apiVersion: v1
                kind: Secret
                metadata: {name: login}
                stringData: {password: hunter2-in-clear}
                """);
        manifest("uses", """
                template:
                  image: %s
                  command: [sh, -c, 'echo "$PASSWORD" | wc -c; echo "$PASSWORD"']
                  env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: login, key: password}}}]
                """.formatted(LocalDocker.IMAGE));
        assertThat(run("run", "-o", "yaml", folder.toString())).isZero();
        assertThat(out.toString()).contains("17", "***").doesNotContain("hunter2-in-clear");
    }

    @Test
    void aLogThatIsNotKeptHoldsBackNoResult() throws IOException {
        var file = manifest("silent", """
                template: {image: '%s', command: [sh, -c, 'echo lost; exit 3'], logging: {driver: none}}
                """.formatted(LocalDocker.IMAGE));
        assertThat(run("run", "-o", "json", "--logs", folder.resolve("logs").toString(), file))
                .isEqualTo(1);
        var status = new ObjectMapper().readTree(out.toString()).at("/items/0/status");
        assertThat(status.path("exitCode").asInt()).isEqualTo(3);
        assertThat(status.path("message").asText()).contains("failed to read log: ");
        assertThat(status.at("/logs/archive/error").asText()).contains("the daemon does not send it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json-file", "none"})
    void whenItIsTerminatedItLeavesNothingBehind(String logDriver, LocalDocker docker)
            throws IOException, InterruptedException {
        var name = "long-" + UUID.randomUUID();
        var file = manifest(name, """
                template: {image: '%s', command: [sleep, '300'], stopGracePeriodSeconds: 1, logging: {driver: %s}}
                """.formatted(LocalDocker.IMAGE, logDriver));
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        file)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        await().atMost(SOON).until(() -> Files.readString(folder.resolve("log")).contains("Running"));
        assertThat(containers(docker, name)).hasSize(1);
        process.destroy();
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(containers(docker, name)).isEmpty();
        assertThat(Files.readString(folder.resolve("log"))).contains("Cancelled");
    }

    private static List<?> containers(LocalDocker docker, String job) {
        return docker.client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of("longshore.dev/job=" + job))
                .exec();
    }
}
