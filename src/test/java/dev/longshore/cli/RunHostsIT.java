package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On which daemons {@code longshore run} runs its jobs, and what their hosts allow. */
@NeedsDocker
class RunHostsIT {
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
    void runsAllJobsOnTheHostThatIsSet() throws IOException {
        manifest("elsewhere", """
                hostRef: {name: no-file-defines-it}
                template: {image: '%s', command: ['true']}
                """.formatted(LocalDocker.IMAGE));
        Files.writeString(folder.resolve("host.yaml"), """
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: real}
                spec: {endpoint: '%s'}
                """.formatted(LocalDocker.HOST));
        script("here", "exit 0");
        assertThat(run("run", folder.toString(), "--set-host", "real", "--max-concurrent", "1"))
                .isZero();
        assertThat(out.toString())
                .containsPattern("elsewhere +real +Completed")
                .containsPattern("here +real +Completed");
    }

    @Test
    void runsAllJobsOnTheEndpointThatIsSet() throws IOException {
        var file = manifest("elsewhere", """
                hostRef: {name: no-file-defines-it}
                template: {image: '%s', command: ['true']}
                """.formatted(LocalDocker.IMAGE));
        assertThat(run("run", file, "--set-host", LocalDocker.HOST)).isZero();
    }

    @Test
    void jobsWhoseDaemonIsThereRunThoughAnotherIsNot() throws IOException {
        Files.writeString(folder.resolve("host.yaml"), """
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: away}
                spec: {endpoint: 'tcp://127.0.0.1:1'}
                """);
        manifest("there", "hostRef: {name: away}\ntemplate: {image: x}");
        script("here", "exit 0");
        assertThat(run("run", folder.toString())).as(err.toString()).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("here .* Completed")
                .containsPattern("there +Pending +HostUnreachable");
        assertThat(err.toString()).containsPattern("longshore: there did not finish: .*connection refused");
    }

    @Test
    void aPolicyHoldsAndTheHostsNamespaceRulesDoNot() throws IOException {
        Files.writeString(folder.resolve("host.yaml"), """
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: strict, namespace: elsewhere}
                spec: {endpoint: '%s'}
                """.formatted(LocalDocker.HOST));
        manifest("admitted", """
                hostRef: {name: strict, namespace: elsewhere}
                template: {image: '%s', command: ['true']}
                """.formatted(LocalDocker.IMAGE));
        manifest("denied", """
                hostRef: {name: strict, namespace: elsewhere}
                template: {image: '%s', command: ['true'], privileged: true}
                """.formatted(LocalDocker.IMAGE));
        assertThat(run("run", folder.toString())).isEqualTo(1);
        assertThat(out.toString()).containsPattern("admitted .* Completed").containsPattern("denied .* PolicyDenied");
    }
}
