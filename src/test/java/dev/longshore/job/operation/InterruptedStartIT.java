package dev.longshore.job.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import dev.longshore.job.attempt.HostFaults;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsRoot;
import dev.longshore.testing.SecondDaemon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A daemon that died after it had started a container, and before it had stored that. */
@NeedsRoot
class InterruptedStartIT {
    /** Emptied by the daemon, which knows what is mounted there. */
    @TempDir(cleanup = CleanupMode.NEVER)
    private Path folder;

    @Test
    void whatADaemonSaysOfItIsNotTakenForCertain() throws IOException {
        try (var daemon = new SecondDaemon(folder)) {
            var container = daemon.client()
                    .createContainerCmd(LocalDocker.IMAGE)
                    .withCmd("sleep", "600")
                    .exec()
                    .getId();
            var stored = daemon.data().resolve("containers").resolve(container).resolve("config.v2.json");
            var asCreated = Files.readString(stored);
            daemon.client().startContainerCmd(container).exec();
            var pid = daemon.client()
                    .inspectContainerCmd(container)
                    .exec()
                    .getState()
                    .getPidLong();
            try {
                daemon.restart(true, () -> write(stored, asCreated));
                assertItsStartIsNotRepeated(daemon, container);
            } finally {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private static void assertItsStartIsNotRepeated(SecondDaemon daemon, String container) {
        try (var docker = new DockerJavaEngineFactory().connect(new Endpoint(daemon.endpoint(), null))) {
            assertThat(docker.inspect(container).orElseThrow().startedAt()).isNull();
            var refused = catchThrowableOfType(DockerRefusedException.class, () -> docker.start(container));
            assertThat(refused).isNotNull();
            assertThat(HostFaults.mayHaveRun(refused)).as(refused.getMessage()).isTrue();
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
