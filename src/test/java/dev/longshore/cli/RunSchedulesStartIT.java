package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.testing.NeedsDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code longshore run --schedules} says at its start, and where it keeps its state. */
@NeedsDocker
class RunSchedulesStartIT {
    @TempDir
    private Path folder;

    private ScheduleRuns runs;
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
        runs = new ScheduleRuns(folder);
        home = Files.createDirectory(folder.resolve("home"));
    }

    private Process start(String log, String... arguments) throws IOException {
        return runs.start(log, Map.of("HOME", home.toString()), arguments);
    }

    @AfterEach
    void end() {
        runs.kill();
    }

    @Test
    void aHostThatCannotBeReachedIsNamedAndWaitedFor() throws IOException {
        var process = start("log", manifest.toString());
        runs.awaitSaid("log", "longshore: jobs wait: DockerHost default/away is unreachable: ", "connection refused");
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void aClockThatWasSetBackIsNamed() throws IOException {
        var state = Files.writeString(folder.resolve("state.json"), """
                {"version": 1, "instance": "schedules/6ddbc583-1825-45f2-8e39-71c28c49419b", "schedules":
                {"default/yearly": {"lastScheduleTime": "2100-01-01T00:00:00.000Z"}}}
                """);
        start("log", "--state", state.toString(), manifest.toString());
        runs.awaitSaid(
                "log",
                "yearly: the clock is behind the last recorded time 2100-01-01T00:00:00.000Z: nothing is due before it\n",
                "yearly: next time: 2101-01-01T00:00:00Z\n");
    }

    @Test
    void theStateIsInTheHomeFolderAndOneForEachManifest() throws IOException, InterruptedException {
        start("first", manifest.toString());
        runs.awaitSaid("first", "yearly: next time: ");
        try (var files = Files.list(home.resolve(".local").resolve("state").resolve("longshore"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.matches("schedules-[0-9a-f]{16}\\.json"));
        }
        var second = start("second", manifest.getParent() + "/./" + manifest.getFileName());
        assertThat(second.waitFor(ScheduleRuns.SOON.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(second.exitValue()).isEqualTo(2);
        runs.awaitSaid("second", "is in use by another longshore run --schedules");
    }
}
