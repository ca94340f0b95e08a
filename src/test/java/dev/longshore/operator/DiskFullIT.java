package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.JobPhase;
import dev.longshore.testing.NeedsDocker;
import dev.longshore.testing.NeedsRoot;
import dev.longshore.testing.SecondDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A daemon whose disk is full: of tmpfs, and small. */
@NeedsDocker
@NeedsRoot
class DiskFullIT {
    private static final int CHUNK = 64 * 1024;

    /** Emptied by the daemon, which knows what is mounted there. */
    @TempDir(cleanup = CleanupMode.NEVER)
    private Path folder;

    @Test
    void aJobWaitsUntilThereIsSpaceAgainAndSpendsNoAttempt() throws IOException, InterruptedException {
        var data = Files.createDirectory(folder.resolve("data"));
        var mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", data.toString())
                .inheritIO()
                .start();
        assertThat(mount.waitFor()).isZero();
        try (var daemon = new SecondDaemon(folder);
                var operator = new TestOperator()) {
            operator.createHost("full", "endpoint: " + daemon.endpoint());
            var ballast = fill(data);
            operator.createJobOn("full", "waits", "command: [echo, there]");
            var refused = operator.awaitReason("waits", "HostRefused").getStatus();
            assertThat(refused.message()).contains("no space left on device");
            assertThat(refused.phase()).isEqualTo(JobPhase.PENDING);
            Files.delete(ballast);
            var status = operator.awaitFinished("waits").getStatus();
            assertThat(status.phase()).isEqualTo(JobPhase.COMPLETED);
            assertThat(status.logs().stdout()).isEqualTo("there\n");
            assertThat(status.attempt()).isEqualTo(1);
        }
    }

    private static Path fill(Path data) throws IOException {
        var ballast = data.resolve("ballast");
        try (var out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(new byte[CHUNK]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left on device");
        }
        return ballast;
    }
}
