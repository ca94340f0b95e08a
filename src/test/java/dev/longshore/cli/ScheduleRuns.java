package dev.longshore.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Processes of {@code longshore run --schedules}, and what they print. */
final class ScheduleRuns {
    static final Duration SOON = Duration.ofSeconds(30);

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    /** @param folder of what they print */
    ScheduleRuns(Path folder) {
        this.folder = folder;
    }

    /** @param environment beside that of this process, without XDG_STATE_HOME */
    Process start(String log, Map<String, String> environment, String... arguments) throws IOException {
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
        builder.environment().remove("XDG_STATE_HOME");
        builder.environment().putAll(environment);
        var process = builder.start();
        processes.add(process);
        return process;
    }

    String said(String log) throws IOException {
        return Files.readString(folder.resolve(log), UTF_8);
    }

    void awaitSaid(String log, String... text) {
        await().atMost(SOON).untilAsserted(() -> assertThat(said(log)).contains(text));
    }

    void kill() {
        processes.forEach(Process::destroyForcibly);
    }
}
