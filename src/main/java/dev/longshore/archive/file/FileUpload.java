package dev.longshore.archive.file;

import dev.longshore.archive.ArchiveKey;
import dev.longshore.archive.ArchiveUpload;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** A file under a temporary name beside its final one. */
final class FileUpload implements ArchiveUpload {
    private static final String MODE = "rw-r-----";

    private final Path temporary;
    private final Path file;
    private final FileChannel channel;
    private final OutputStream stream;
    private final FileFailures failures;
    private boolean isCommitted;

    private FileUpload(Path temporary, Path file, FileChannel channel, FileFailures failures) {
        this.temporary = temporary;
        this.file = file;
        this.channel = channel;
        this.failures = failures;
        // Closed with the channel, by commit() or close().
        stream = failures.explained(Channels.newOutputStream(channel));
    }

    static FileUpload start(Path folder, ArchiveKey key, FileFailures failures) throws IOException {
        removeLeftOvers(folder, key);
        var temporary = folder.resolve(temporaryPrefix(key) + UUID.randomUUID() + ".tmp");
        var channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
        return new FileUpload(temporary, folder.resolve(key.fileName()), channel, failures);
    }

    /**
     * Of a process that was killed. An attempt belongs to one operator, which uploads its log once at a time: if one that has just
     * lost its Lease is still writing, its commit fails, and this upload has the same log.
     */
    static void removeLeftOvers(Path folder, ArchiveKey key) throws IOException {
        try (var files = Files.newDirectoryStream(folder, temporaryPrefix(key) + "*.tmp")) {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String temporaryPrefix(ArchiveKey key) {
        return "." + key.fileName() + ".";
    }

    @Override
    public OutputStream stream() {
        return stream;
    }

    @Override
    public long commit() {
        return failures.explained(() -> {
            channel.force(true);
            var bytes = channel.size();
            channel.close();
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            isCommitted = true;
            Folders.sync(file.getParent());
            return bytes;
        });
    }

    @Override
    public void close() {
        if (!isCommitted) {
            try (channel) {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                // The next upload of this key removes it.
            }
        }
    }
}
