package dev.longshore.archive.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.archive.ArchiveException;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.ArchiveOptions;
import dev.longshore.archive.access.LogArchives;
import dev.longshore.testing.NeedsRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of 1 MiB: tmpfs. */
@NeedsRoot
class FullDiskIT {
    private static final int SIZE = 1 << 20;
    private static final ArchiveKey KEY = new ArchiveKey("shop", "nightly", "uid-1", 1);
    private static final ArchiveKey SECOND = new ArchiveKey("shop", "nightly", "uid-1", 2);

    @TempDir
    private Path folder;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", folder.toString());
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        run("umount", folder.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void aFullDiskIsASentenceAndLeavesWhatIsThere() throws IOException {
        try (var archive = LogArchives.open(ArchiveOptions.of("file://" + folder, null, null))) {
            try (var upload = archive.upload(KEY)) {
                upload.stream().write(new byte[SIZE / 2]);
                upload.commit();
            }
            for (var key : new ArchiveKey[] {SECOND, KEY}) {
                try (var upload = archive.upload(key)) {
                    var failure = catchThrowableOfType(
                            ArchiveException.class, () -> upload.stream().write(new byte[SIZE]));
                    assertThat(failure)
                            .hasMessage("log archive file://" + folder
                                    + ": no space left: delete old logs, or enlarge the volume");
                    assertThat(failure.why()).isEqualTo(ArchiveException.Cause.NO_SPACE);
                    assertThat(failure.isRetryable()).isTrue();
                }
            }

            assertThat(archive.size(KEY)).hasValue(SIZE / 2);
            assertThat(archive.size(SECOND)).isEmpty();
            try (var files = Files.list(folder.resolve(KEY.path()).getParent())) {
                assertThat(files).containsExactly(folder.resolve(KEY.path()));
            }
            archive.delete(KEY);
            try (var upload = archive.upload(SECOND)) {
                upload.stream().write(new byte[SIZE / 2]);
                assertThat(upload.commit()).isEqualTo(SIZE / 2);
            }
        }
    }

    @Test
    void aReadOnlyVolumeIsASentence() throws IOException, InterruptedException {
        run("mount", "-o", "remount,ro", folder.toString());
        try (var archive = LogArchives.open(ArchiveOptions.of("file://" + folder, null, null))) {
            var failure = catchThrowableOfType(ArchiveException.class, () -> archive.upload(KEY));
            assertThat(failure)
                    .hasMessage("log archive file://" + folder
                            + ": the file system is read-only: mount it with write access");
        }
    }
}
