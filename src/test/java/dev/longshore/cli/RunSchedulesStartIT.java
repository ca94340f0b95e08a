package dev.longshore.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code longshore run --schedules} says at its start, and where it keeps its state. */
@NeedsDocker
class RunSchedulesStartIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();
    private Path manifest;
    private Path home;

    @BeforeEach
    void write() throws IOException {
        manifest = Files.writeString(folder.resolve("schedule.yaml"), """
                apiVersion: longshore.dev/v1
                kind: ContainerCronJob
                metadata: {name: yearly}
                spec:
                  schedule: '@yearly'
                  jobTemplate:
                    spec:
                      hostRef: {name: away}
                      template: {image: busybox}
                ---
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: away}
                spec: {endpoint: 'tcp://127.0.0.1:1'}
                """);
        home = Files.createDirectory(folder.resolve("home"));
    }

    private Process start(String log, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Finished.java(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--schedules"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().remove("XDG_STATE_HOME");
        processes.add(builder.start());
        return processes.get(processes.size() - 1);
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    private void awaitSaid(String log, String... text) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(Files.readString(folder.resolve(log), UTF_8)).contains(text));
    }

    @Test
    void aHostThatCannotBeReachedIsNamedAndWaitedFor() throws IOException {
        var process = start("log", manifest.toString());
        awaitSaid("log", "longshore: jobs wait: DockerHost default/away is unreachable: ", "connection refused");
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void aClockThatWasSetBackIsNamed() throws IOException {
        var state = Files.writeString(folder.resolve("state.json"), """
                {"version": 1, "instance": "schedules/6ddbc583-1825-45f2-8e39-71c28c49419b", "schedules":
                {"default/yearly": {"lastScheduleTime": "2100-01-01T00:00:00.000Z"}}}
                """);
        start("log", "--state", state.toString(), manifest.toString());
        awaitSaid(
                "log",
                "yearly: the clock is behind the last recorded time 2100-01-01T00:00:00.000Z: nothing is due before it\n",
                "yearly: next time: 2101-01-01T00:00:00Z\n");
    }

    @Test
    void theStateIsInTheHomeFolderAndOneForEachManifest() throws IOException, InterruptedException {
        start("first", manifest.toString());
        awaitSaid("first", "yearly: next time: ");
        try (var files = Files.list(home.resolve(".local").resolve("state").resolve("longshore"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.matches("schedules-[0-9a-f]{16}\\.json"));
        }
        var second = start("second", manifest.getParent() + "/./" + manifest.getFileName());
        assertThat(second.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(2);
        awaitSaid("second", "is in use by another longshore run --schedules");
    }
}
