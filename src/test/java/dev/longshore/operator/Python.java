package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** Python with the packages of {@code examples/python}, as a user runs it on a kubeconfig. */
record Python(Path folder, Path kubeconfig, String namespace) {
    /** Where {@code src/scripts/ensure-python.sh} installs them. */
    private static final Path EXECUTABLE = Path.of("target", "python", "bin", "python");

    private static final AtomicBoolean SAID = new AtomicBoolean();
    private static final long LONGEST_SECONDS = 120;

    /** What a program printed, and how it ended. */
    record Ended(int code, String output, String errors) {
        List<String> lines() {
            return output.lines().toList();
        }
    }

    /** Also true where it must be there, so that its absence fails. */
    static boolean isHere() {
        var here = Files.isExecutable(EXECUTABLE);
        if (!here && !SAID.getAndSet(true)) {
            System.err.println("SKIPPED: all tests of examples/python, for there is no " + EXECUTABLE
                    + ". src/scripts/ensure-python.sh creates it.");
        }
        return here || Boolean.parseBoolean(System.getenv("LONGSHORE_REQUIRE_PYTHON"));
    }

    /** Statements of someone who has imported the patterns; each error is printed. */
    List<String> type(String... statements) throws IOException, InterruptedException {
        var program = new StringBuilder("import sys, patterns\nfrom patterns import *\n");
        program.append("cluster = Longshore(sys.argv[1])\n");
        for (var statement : statements) {
            program.append("try:\n").append(statement.indent(4)).append("except LongshoreError as e:\n    print(e)\n");
        }
        var ended = run("-c", program.toString(), namespace);
        assertThat(ended.code()).as(ended.toString()).isZero();
        return ended.lines();
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        var output = Files.createTempFile(folder, "output", ".txt");
        var errors = Files.createTempFile(folder, "errors", ".txt");
        var command = Stream.concat(Stream.of(EXECUTABLE.toString()), Stream.of(arguments))
                .toList();
        var builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment().put("PYTHONPATH", "examples/python");
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        var process = builder.start();
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                return new Ended(-1, Files.readString(output), "(went on for more than " + LONGEST_SECONDS + " s)");
            }
            return new Ended(process.exitValue(), Files.readString(output), Files.readString(errors));
        } finally {
            process.destroyForcibly();
        }
    }
}
