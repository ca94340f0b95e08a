package dev.longshore.archive.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.archive.ArchiveException;
import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.ArchiveOptions;
import dev.longshore.archive.Archived;
import dev.longshore.archive.LogArchive;
import dev.longshore.archive.access.LogArchives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileArchiveIT {
    private static final ArchiveKey KEY = new ArchiveKey("shop", "nightly", "uid-1", 1);

    @TempDir
    private Path folder;

    private LogArchive archive;

    @BeforeEach
    void open() {
        archive = archive(folder);
    }

    private static LogArchive archive(Path folder) {
        return LogArchives.open(ArchiveOptions.of("file://" + folder, null, null));
    }

    private void store(ArchiveKey key, String text) throws IOException {
        try (var upload = archive.upload(key)) {
            upload.stream().write(text.getBytes(UTF_8));
            assertThat(upload.commit()).isEqualTo(text.length());
        }
    }

    private String read(ArchiveKey key) throws IOException {
        try (var stream = archive.open(key).orElseThrow()) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }

    private List<Path> files() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(folder::relativize).toList();
        }
    }

    @Test
    void whatIsUploadedIsThereOnceItIsCommitted() throws IOException {
        assertThat(archive.size(KEY)).isEmpty();
        assertThat(archive.open(KEY)).isEmpty();
        try (var upload = archive.upload(KEY)) {
            upload.stream().write("one".getBytes(UTF_8));
            upload.stream().close();
            assertThat(archive.size(KEY)).isEmpty();
            upload.commit();
        }

        assertThat(archive.size(KEY)).hasValue(3);
        assertThat(read(KEY)).isEqualTo("one");
        assertThat(archive.url(KEY)).isEqualTo("file://" + folder + "/shop/nightly/uid-1/1.log.gz");
        assertThat(files()).containsExactly(Path.of(KEY.path()));
        store(KEY, "two");
        assertThat(read(KEY)).isEqualTo("two");
    }

    @Test
    void othersCannotReadIt() throws IOException {
        store(KEY, "one");

        assertThat(mode(KEY.path())).isEqualTo("rw-r-----");
        assertThat(mode("shop/nightly")).isEqualTo("rwxr-x---");
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(path)));
    }

    @Test
    void anUploadThatIsNotCommittedIsNotThere() throws IOException {
        try (var upload = archive.upload(KEY)) {
            upload.stream().write(1);
        }

        assertThat(files()).isEmpty();
    }

    @Test
    void whatAKilledUploadLeftIsRemovedByTheNextOfItsKey() throws IOException {
        archive.upload(KEY).stream().write(1);
        var other = new ArchiveKey("shop", "nightly", "uid-1", 11);
        archive.upload(other).stream().write(1);
        assertThat(files()).hasSize(2);

        store(KEY, "one");

        assertThat(files())
                .hasSize(2)
                .contains(Path.of(KEY.path()))
                .anyMatch(file -> file.toString().contains("/.11.log.gz."));
    }

    @Test
    void deletedWithItsEmptyFolders() throws IOException {
        var second = new ArchiveKey("shop", "nightly", "uid-2", 1);
        store(KEY, "one");
        store(second, "two");
        archive.delete(KEY);
        archive.delete(KEY);

        assertThat(archive.size(KEY)).isEmpty();
        assertThat(read(second)).isEqualTo("two");
        archive.delete(second);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void listedByNameNewestFirst() throws IOException {
        var now = Instant.now().getEpochSecond();
        for (var uid = 1; uid <= 3; uid++) {
            for (var attempt = 1; attempt <= 2; attempt++) {
                var key = new ArchiveKey("shop", "nightly", "uid-" + uid, attempt);
                store(key, "x".repeat(uid));
                Files.setLastModifiedTime(folder.resolve(key.path()), FileTime.from(Instant.ofEpochSecond(now - uid)));
            }
        }
        store(new ArchiveKey("shop", "nightly-2", "uid-9", 1), "x");
        Files.writeString(folder.resolve("shop/nightly/uid-1/notes.log.gz"), "x");
        Files.writeString(folder.resolve("shop/nightly/notes"), "x");
        archive.upload(KEY).stream().write(1);

        assertThat(archive.list("shop", "nightly"))
                .extracting(Archived::key)
                .extracting(ArchiveKey::path)
                .containsExactly(
                        "shop/nightly/uid-1/2.log.gz",
                        "shop/nightly/uid-1/1.log.gz",
                        "shop/nightly/uid-2/2.log.gz",
                        "shop/nightly/uid-2/1.log.gz",
                        "shop/nightly/uid-3/2.log.gz",
                        "shop/nightly/uid-3/1.log.gz");
        assertThat(archive.list("shop", "nightly").get(2).bytes()).isEqualTo(2);
        assertThat(archive.list("shop", "other")).isEmpty();
    }

    @Test
    void aLinkDoesNotLeadOut(@TempDir Path outside) throws IOException {
        Files.createDirectory(outside.resolve("nightly"));
        Files.createSymbolicLink(folder.resolve("shop"), outside);

        assertThatThrownBy(() -> archive.upload(KEY))
                .isInstanceOf(ArchiveException.class)
                .hasMessage(
                        "log archive file://" + folder + ": " + folder + "/shop: not a folder, or a link: remove it");
        assertThatThrownBy(() -> archive.size(KEY)).isInstanceOf(ArchiveException.class);
        assertThatThrownBy(() -> archive.delete(KEY)).isInstanceOf(ArchiveException.class);
        assertThat(outside.resolve("nightly")).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsNotMountedIsNotCreated() {
        var missing = folder.resolve("missing");
        var unmounted = archive(missing);

        assertThatThrownBy(() -> unmounted.upload(KEY))
                .isInstanceOf(ArchiveException.class)
                .hasMessage("log archive file://" + missing
                        + ": the folder does not exist: create it, or mount its volume");
        assertThatThrownBy(() -> unmounted.list("shop", "nightly")).isInstanceOf(ArchiveException.class);
        assertThat(missing).doesNotExist();
    }
}
