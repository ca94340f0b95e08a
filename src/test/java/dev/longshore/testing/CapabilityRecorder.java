package dev.longshore.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Writes what the tests have shown of a daemon into the folder {@code -Ddaemons.record}, if given: in {@code version} what
 * the daemon is, in {@code capabilities} a line for each test and capability.
 */
final class CapabilityRecorder implements BeforeAllCallback, TestWatcher {
    private static final String FOLDER = System.getProperty("daemons.record");

    @Override
    public void beforeAll(ExtensionContext context) {
        if (FOLDER != null) {
            var docker = LocalDocker.shared();
            write("version", docker.kind() + "=" + DaemonKind.describe(docker.client()));
        }
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        record(context, "ok");
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        record(context, "FAILED");
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        record(context, "FAILED");
    }

    private static void record(ExtensionContext context, String result) {
        if (FOLDER == null) {
            return;
        }
        shown(context).forEach(capability -> {
            var differs = capability.difference(LocalDocker.shared().kind()).isPresent();
            append(capability + " " + (differs && result.equals("ok") ? "differs" : result));
        });
    }

    private static Stream<Capability> shown(ExtensionContext context) {
        return Stream.<AnnotatedElement>of(context.getRequiredTestMethod(), context.getRequiredTestClass())
                .flatMap(element -> Optional.ofNullable(element.getAnnotation(Shows.class)).stream())
                .flatMap(shows -> Stream.of(shows.value()));
    }

    private static void write(String file, String line) {
        try {
            Files.writeString(folder().resolve(file), line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One write a line, so that those of several processes do not mix. */
    private static void append(String line) {
        try {
            Files.write(
                    folder().resolve("capabilities"),
                    (line + "\n").getBytes(UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() throws IOException {
        return Files.createDirectories(Path.of(FOLDER));
    }
}
