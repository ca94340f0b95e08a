package dev.longshore.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * The state file of a run of schedules, which one process at a time may have: whoever is killed leaves it. Opened by one thread,
 * then written by that of the run alone.
 */
public final class ScheduleFile implements AutoCloseable {
    private static final int MIB = 1 << 20;

    /** In bytes. Thousands of jobs. */
    private static final int LARGEST = 16 * MIB;

    private final Path path;
    private final FileChannel lockFile;
    private final ScheduleState initial;
    private byte[] stored;

    private ScheduleFile(Path path, FileChannel lockFile) throws IOException {
        this.path = path;
        this.lockFile = lockFile;
        this.stored = Files.exists(path) ? read(path) : new byte[0];
        this.initial = stored.length == 0 && !Files.exists(path) ? ScheduleState.empty() : parse(path, stored);
        write(initial);
    }

    /**
     * Opens a state file, or creates it with its folder.
     *
     * @throws IllegalArgumentException if it is invalid, another process has it, or it cannot be read and written
     */
    public static ScheduleFile open(Path file) {
        FileChannel lockFile = null;
        try {
            // What a link refers to is replaced, not the link.
            var path = Files.exists(file)
                    ? file.toRealPath()
                    : file.toAbsolutePath().normalize();
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw new IllegalArgumentException("state file " + file + " is not a regular file");
            }
            Files.createDirectories(path.getParent());
            lockFile = FileChannel.open(
                    path.resolveSibling(path.getFileName() + ".lock"),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    private0600(path));
            lock(file, lockFile);
            return new ScheduleFile(path, lockFile);
        } catch (IOException e) {
            close(lockFile);
            throw new IllegalArgumentException("failed to open state file " + file + ": " + reason(e), e);
        } catch (RuntimeException e) {
            close(lockFile);
            throw e;
        }
    }

    private static void lock(Path file, FileChannel lockFile) throws IOException {
        FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IllegalArgumentException(
                    "state file " + file + " is in use by another longshore run --schedules: stop it first");
        }
    }

    private static byte[] read(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            var read = in.readNBytes(LARGEST + 1);
            if (read.length > LARGEST) {
                throw invalid(path, "larger than " + LARGEST / MIB + " MiB", null);
            }
            return read;
        }
    }

    private static ScheduleState parse(Path path, byte[] json) {
        try {
            return ScheduleState.parse(json);
        } catch (IllegalArgumentException e) {
            throw invalid(path, e.getMessage(), e);
        }
    }

    private static IllegalArgumentException invalid(Path path, String why, Exception cause) {
        return new IllegalArgumentException(
                "state file " + path + " is invalid: " + why
                        + "; restore it, or delete it to start over: missed times are then not made up for, and"
                        + " containers that still run are not known and continue",
                cause);
    }

    /** What it had when it was opened. */
    ScheduleState initial() {
        return initial;
    }

    /**
     * Stores a state: afterwards it survives the end of this process and of the machine.
     *
     * @throws IOException if it may not
     */
    void write(ScheduleState state) throws IOException {
        var json = state.toJson();
        if (Arrays.equals(json, stored)) {
            return;
        }
        if (json.length > LARGEST) {
            throw new IOException("larger than " + LARGEST / MIB + " MiB: lower the history limits");
        }
        var next = path.resolveSibling(path.getFileName() + ".tmp");
        Files.deleteIfExists(next);
        try (var channel = FileChannel.open(
                next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), private0600(path))) {
            for (var rest = ByteBuffer.wrap(json); rest.hasRemaining(); ) {
                channel.write(rest);
            }
            channel.force(true);
        }
        move(next, path);
        try (var folder = FileChannel.open(path.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
        stored = json;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system cannot replace a file atomically", e);
        }
    }

    private static FileAttribute<?>[] private0600(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Such as {@code No space left on device}. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException denied) {
            return "permission denied: " + denied.getFile();
        }
        if (e instanceof FileAlreadyExistsException exists) {
            return "not a folder: " + exists.getFile();
        }
        if (e instanceof NoSuchFileException missing) {
            return "no such file or directory: " + missing.getFile();
        }
        return e instanceof FileSystemException failed && failed.getReason() != null
                ? failed.getReason()
                : String.valueOf(e.getMessage());
    }

    private static void close(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /** Another process may open it. */
    @Override
    public void close() {
        close(lockFile);
    }
}
