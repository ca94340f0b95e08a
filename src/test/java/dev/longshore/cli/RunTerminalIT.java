package dev.longshore.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code longshore run} as someone at a terminal has it, which {@code script} stands in for. */
@NeedsDocker
class RunTerminalIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String CTRL_C = "\u0003";

    @TempDir
    private Path folder;

    private final String stubborn = "stubborn-" + UUID.randomUUID().toString().substring(0, 8);
    private Process process;

    /** One that fails soon, and one that takes no notice of being stopped. */
    @BeforeEach
    void start() throws IOException {
        write("broken", "exit 3");
        write(stubborn, "trap : TERM; while :; do sleep 0.1; done");
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = "stty rows 10 cols 100; exec %s -XX:TieredStopAtLevel=1 -cp '%s' %s run %s"
                .formatted(java, System.getProperty("java.class.path"), Main.class.getName(), folder.resolve("jobs"));
        var all = new ArrayList<>(Finished.INTERRUPTIBLE);
        all.addAll(List.of("script", "-qefc", command, "/dev/null"));
        var builder = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("screen").toFile());
        builder.environment().put("TERM", "xterm");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().remove("NO_COLOR");
        process = builder.start();
    }

    private void write(String name, String script) throws IOException {
        Files.createDirectories(folder.resolve("jobs"));
        Files.writeString(
                folder.resolve("jobs").resolve(name + ".yaml"), """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s}
                spec:
                  template: {image: '%s', command: [sh, -c, '%s'], stopGracePeriodSeconds: 1}
                """.formatted(name, LocalDocker.IMAGE, script));
    }

    @AfterEach
    void end(LocalDocker docker) {
        process.destroyForcibly();
        docker.removeAll("longshore.dev/job=" + stubborn);
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("screen"), UTF_8);
    }

    private void awaitOneRunsAndTheOtherHasEnded() {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(Screen.after(output()))
                        .hasSize(3)
                        .satisfiesExactly(
                                line -> assertThat(line).matches("✘ broken +[0-9.]+s  this-machine  exit 3"),
                                line -> assertThat(line).matches(". " + stubborn + " +[0-9.]+s  this-machine  running"),
                                line -> assertThat(line).isEqualTo("1 running, 1 failed")));
    }

    private void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    private int exitCode() throws InterruptedException {
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void ctrlCStopsTheJobsAndTheScreenEndsWithWhatBecameOfThem(LocalDocker docker) throws Exception {
        awaitOneRunsAndTheOtherHasEnded();
        type(CTRL_C);
        assertThat(exitCode()).isEqualTo(130);
        assertThat(Screen.after(output()))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("✘ broken "),
                        line -> assertThat(line)
                                .matches("■ " + stubborn + " +[0-9.]+s  this-machine  canceled, exit 137"),
                        line -> assertThat(line).matches("1 failed, 1 canceled in [0-9.]+s"),
                        line -> assertThat(line).startsWith("NAME "),
                        line -> assertThat(line).matches("broken .* NonZeroExit .*"),
                        line -> assertThat(line).matches(stubborn + " .* CancelRequested .*"));
        assertThat(left(docker)).isEmpty();
    }

    @Test
    void theSecondCtrlCEndsAtOnceAndNamesWhatIsLeft(LocalDocker docker) throws Exception {
        awaitOneRunsAndTheOtherHasEnded();
        type(CTRL_C);
        await().atMost(SOON).until(() -> output().contains("stopping, press Ctrl-C again to exit now"));
        type(CTRL_C);
        assertThat(exitCode()).isEqualTo(130);
        assertThat(left(docker))
                .singleElement()
                .satisfies(name -> assertThat(String.join("", Screen.after(output())))
                        .contains("longshore: exited immediately; containers may still exist, such as " + name));
    }

    private List<String> left(LocalDocker docker) {
        return docker
                .client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of("longshore.dev/job=" + stubborn))
                .exec()
                .stream()
                .map(container -> container.getNames()[0].substring(1))
                .toList();
    }
}
