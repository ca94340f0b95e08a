package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What a process left behind. */
record Finished(int code, String out, String err) {
    /** As the package phase leaves it. */
    static final Path JAR = Path.of("target", "longshore.jar").toAbsolutePath();

    /**
     * Put before a command that is to be interrupted: what a shell runs in the background, or under nohup, ignores SIGINT,
     * and so would all that it starts.
     */
    static final List<String> INTERRUPTIBLE = List.of("env", "--default-signal=INT");

    static Finished jar(String... arguments) {
        return jar(Map.of(), arguments);
    }

    static Finished jar(Map<String, String> environment, String... arguments) {
        var command = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return run(environment, command.toArray(String[]::new));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Runs it to its end, with nothing on stdin. */
    static Finished run(Map<String, String> environment, String... command) {
        assertThat(Files.exists(JAR)).as("%s: make build", JAR).isTrue();
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            var out = text(process.getInputStream());
            return new Finished(process.waitFor(), out, err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bad usage or input. */
    void assertRefused(String... message) {
        assertThat(err.lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("longshore: ").contains(message));
        assertThat(out).isEmpty();
        assertThat(code).isEqualTo(2);
    }
}
