package dev.longshore.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code longshore operator} in a process of its own, on the real API server. */
public final class OperatorProcess implements AutoCloseable {
    private final Process process;

    /** @param name what it calls itself in a Lease */
    public OperatorProcess(String name, String namespace, String... options) {
        this(
                Stream.concat(
                                Stream.of("operator", "--namespace", namespace, "--instance", namespace),
                                Stream.of(options))
                        .toList(),
                Map.of(
                        "HOSTNAME",
                        name,
                        "KUBECONFIG",
                        ApiServer.shared().kubeconfig().toString()));
    }

    /** As a pod would run it, but that it takes a free port. */
    public OperatorProcess(List<String> args, Map<String, String> environment) {
        this(List.of(), args, environment, ProcessBuilder.Redirect.DISCARD);
    }

    /** @param jvm options of the Java virtual machine */
    public OperatorProcess(
            List<String> jvm, List<String> args, Map<String, String> environment, ProcessBuilder.Redirect output) {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.longshore.cli.Main"));
        command.addAll(args);
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
        builder.environment().put("LONGSHORE_HTTP_PORT", "0");
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it has ended within this time. */
    public boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGTERM, and the exit code. */
    public int terminate() {
        process.destroy();
        return process.onExit().join().exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
