package dev.longshore.archive.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The folders below the base. None of them may be a link, which could lead out of it. */
record Folders(Path base) {
    private static final String MODE = "rwxr-x---";

    /** What is at this path, or empty if nothing is. */
    Optional<BasicFileAttributes> find(String... parts) throws IOException {
        var path = base;
        BasicFileAttributes attributes = null;
        for (var part : parts) {
            if (attributes != null) {
                requireFolder(path, attributes);
            }
            path = path.resolve(part);
            try {
                attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(attributes);
    }

    /** Creates the folders of this path that do not exist. */
    Path create(String... parts) throws IOException {
        var path = base;
        for (var part : parts) {
            var parent = path;
            path = path.resolve(part);
            try {
                Files.createDirectory(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE)));
                sync(parent);
            } catch (FileAlreadyExistsException e) {
                requireFolder(path, Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
            }
        }
        return path;
    }

    /** So that the names in this folder survive a crash of the machine, where the file system supports that: not all do. */
    static void sync(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // The file itself is flushed, and confirmed.
        }
    }

    private static void requireFolder(Path path, BasicFileAttributes attributes) throws IOException {
        if (!attributes.isDirectory()) {
            throw new FileSystemException(path.toString(), null, "not a folder, or a link: remove it");
        }
    }
}
