package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.ArgoStep;
import dev.longshore.testing.NeedsApiServer;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.ServiceAccountLogin;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The step of {@code examples/argo-workflows} with what Argo Workflows runs for it, {@code kubectl create} and {@code kubectl
 * get}, and with the rights of the example's service account.
 */
@NeedsApiServer
@NeedsDocker
class ArgoWorkflowsIT {
    private static final Path EXAMPLE = Path.of("examples", "argo-workflows");
    private static final long LONGEST_SECONDS = 30;

    @TempDir
    private static Path folder;

    private static TestOperator operator;
    private static Path login;

    private final ArgoStep step = ArgoStep.ofExample();

    @BeforeAll
    static void start() throws IOException {
        operator = new TestOperator();
        for (var file : List.of("host.yaml", "template.yaml", "rbac.yaml")) {
            operator.create(Files.readString(EXAMPLE.resolve(file))
                    .replace("namespace: default", "namespace: " + operator.namespace()));
        }
        login = ServiceAccountLogin.write(folder.resolve("kubeconfig"), operator.namespace(), "longshore-workflow");
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    private static String kubectl(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                ApiServer.kubectl().toString(),
                "--kubeconfig=" + login,
                "--cache-dir=" + folder.resolve("cache"),
                "-n",
                operator.namespace()));
        command.addAll(List.of(arguments));
        var output = Files.createTempFile(folder, "output", ".txt");
        var errors = Files.createTempFile(folder, "errors", ".txt");
        var process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    /** The step's job, once it has finished. */
    private String run(String manifest) throws IOException, InterruptedException {
        var file = Files.writeString(Files.createTempFile(folder, "manifest", ".yaml"), manifest);
        var job = json(kubectl("create", "-f", file.toString(), "-o", "json"));
        assertThat(step.succeeds(job) || step.fails(job)).isFalse();
        var name = job.at("/metadata/name").asText();
        operator.awaitFinished(name);
        return name;
    }

    private static JsonNode job(String name) throws IOException, InterruptedException {
        return json(kubectl("get", "containerjob.longshore.dev/" + name, "-o", "json"));
    }

    private String output(String job, String parameter) throws IOException, InterruptedException {
        var path = step.outputs().get(parameter);
        return kubectl("get", "containerjob.longshore.dev/" + job, "-o", "jsonpath=" + path);
    }

    @Test
    void theStepSucceedsWithTheResultsOfItsJob() throws IOException, InterruptedException {
        var text = "it's \"one\" two \\ {three}: 4";
        var name = run(step.manifest(text));

        assertThat(step.succeeds(job(name))).isTrue();
        assertThat(step.fails(job(name))).isFalse();
        assertThat(output(name, "job")).isEqualTo(name);
        assertThat(output(name, "words")).isEqualTo("6");
        assertThat(output(name, "text")).isEqualTo(text);
    }

    @Test
    void theStepFailsWithItsJob() throws IOException, InterruptedException {
        var name = run(step.manifest("x") + "  command: [/no/such/program]\n");

        assertThat(step.succeeds(job(name))).isFalse();
        assertThat(step.fails(job(name))).isTrue();
        assertThat(output(name, "words")).isEmpty();
    }
}
