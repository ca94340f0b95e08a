package dev.longshore.archive.file;

import dev.longshore.archive.ArchiveException;
import dev.longshore.archive.ArchiveException.Cause;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/**
 * Says what is wrong with the folder, and what to do.
 *
 * @param url of the archive
 */
record FileFailures(String url) {
    /** Anything that reads or writes files. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** @throws ArchiveException in place of an {@link IOException} */
    <T> T explained(Work<T> work) {
        try {
            return work.run();
        } catch (DirectoryIteratorException e) {
            // As a folder's entries are read.
            throw explain(e.getCause());
        } catch (IOException e) {
            throw explain(e);
        }
    }

    String message(String problem) {
        return "log archive " + url + ": " + problem;
    }

    private ArchiveException explain(IOException e) {
        var reason = e instanceof FileSystemException problem && problem.getReason() != null
                ? problem.getReason()
                : String.valueOf(e.getMessage());
        var known = reason.toLowerCase(Locale.ROOT);
        if (known.contains("no space left") || known.contains("quota exceeded")) {
            return failed(Cause.NO_SPACE, "no space left: delete old logs, or enlarge the volume", e);
        }
        if (e instanceof AccessDeniedException denied) {
            return failed(
                    Cause.DENIED, "permission denied for " + denied.getFile() + ": let this user write and read it", e);
        }
        if (known.contains("read-only file system")) {
            return failed(Cause.DENIED, "the file system is read-only: mount it with write access", e);
        }
        if (e instanceof ClosedByInterruptException) {
            return failed(Cause.UNAVAILABLE, "interrupted", e);
        }
        return failed(Cause.FAILED, named(e, reason), e);
    }

    private static String named(IOException e, String reason) {
        return e instanceof FileSystemException problem && problem.getReason() != null
                ? problem.getFile() + ": " + reason
                : e.getClass().getSimpleName() + ": " + reason;
    }

    private ArchiveException failed(Cause why, String problem, IOException e) {
        return new ArchiveException(why, message(problem), e);
    }

    OutputStream explained(OutputStream stream) {
        return new FilterOutputStream(stream) {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                explained(() -> {
                    out.write(bytes, offset, length);
                    return null;
                });
            }

            @Override
            public void close() {
                // The upload closes what is below.
            }
        };
    }

    InputStream explained(InputStream stream) {
        return new FilterInputStream(stream) {
            @Override
            public int read() {
                return explained(in::read);
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                return explained(() -> in.read(bytes, offset, length));
            }

            @Override
            public void close() {
                explained(() -> {
                    in.close();
                    return null;
                });
            }
        };
    }
}
