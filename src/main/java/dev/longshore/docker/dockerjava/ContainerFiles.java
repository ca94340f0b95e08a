package dev.longshore.docker.dockerjava;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.FileContent;
import dev.longshore.docker.transport.DockerHttp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Files put into a container, and read from it, as Docker does it: by tar. What is read is made by the program in the
 * container: regular files alone, and never more bytes than are wanted.
 */
final class ContainerFiles {
    private static final int OWNER_READS = 0400;
    /** Of an archive beside the content of its files. */
    private static final int OVERHEAD = 64 << 10;
    /** Of a file that is there and is not sent. */
    private static final int TRIES = 5;

    /** As Docker's message begins, or Podman's. Further on, it contains the path, which may be anything. */
    private static final Predicate<String> NO_CONTAINER = Pattern.compile(
                    "^no (such container|container with)", Pattern.CASE_INSENSITIVE)
            .asPredicate();

    private static final String NOT_REGULAR = "not a regular file";
    private static final FileContent LINK = FileContent.withheld(NOT_REGULAR + ": symbolic links are not followed");

    private ContainerFiles() {}

    static void put(DockerClient docker, String container, List<ContainerSpec.File> files, FileOwner owner) {
        docker.copyArchiveToContainerCmd(container)
                .withRemotePath("/")
                .withTarInputStream(new ByteArrayInputStream(tar(files, owner)))
                .exec();
    }

    private static byte[] tar(List<ContainerSpec.File> files, FileOwner owner) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (var file : files) {
                // Folders are left to Docker: an entry would change those that are there.
                var entry = new TarArchiveEntry(file.path().substring(1));
                entry.setMode(OWNER_READS);
                entry.setUserId(owner.uid());
                entry.setGroupId(owner.gid());
                entry.setSize(file.content().length);
                tar.putArchiveEntry(entry);
                tar.write(file.content());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static FileContent read(DockerHttp http, String apiVersion, String container, String path, int mostBytes) {
        var archive = new Archive(http, apiVersion, container, path, mostBytes);
        return archive.read(
                FileContent.ABSENT,
                FileContent.tooLarge(mostBytes),
                (stat, tar) -> stat.isLink() ? LINK : first(tar, stat, path, mostBytes));
    }

    private static FileContent first(TarArchiveInputStream tar, PathStat stat, String path, int mostBytes)
            throws IOException {
        var entry = tar.getNextEntry();
        if (entry == null) {
            requireNothing(stat);
            // Docker leaves sockets out.
            return FileContent.withheld(NOT_REGULAR);
        }
        if (!isRegular(entry)) {
            return entry.isSymbolicLink() ? LINK : FileContent.withheld(NOT_REGULAR);
        }
        if (!entry.getName().equals(path.substring(path.lastIndexOf('/') + 1))) {
            return FileContent.withheld("the daemon sent another file");
        }
        if (entry.getSize() > mostBytes) {
            return FileContent.tooLarge(mostBytes);
        }
        var content = tar.readNBytes((int) entry.getSize());
        if (content.length < entry.getSize()) {
            throw new EOFException("archive ended in the middle of a file");
        }
        return new FileContent(content, null);
    }

    /** All files below a folder, by path relative to it; nothing where they have more bytes. */
    static Optional<Map<String, byte[]>> readAll(
            DockerHttp http, String apiVersion, String container, String folder, int mostBytes) {
        var archive = new Archive(http, apiVersion, container, folder, mostBytes);
        return archive.read(Optional.of(Map.of()), Optional.empty(), (stat, tar) -> all(tar, stat, mostBytes));
    }

    private static Optional<Map<String, byte[]>> all(TarArchiveInputStream tar, PathStat stat, int mostBytes)
            throws IOException {
        var files = new HashMap<String, byte[]>();
        long left = mostBytes;
        var first = tar.getNextEntry();
        if (first == null) {
            requireNothing(stat);
        }
        for (var entry = first; entry != null; entry = tar.getNextEntry()) {
            left -= entry.getSize();
            if (left < 0) {
                return Optional.empty();
            }
            if (isRegular(entry)) {
                var name = entry.getName();
                files.put(name.substring(name.indexOf('/') + 1), tar.readNBytes((int) entry.getSize()));
            }
        }
        return Optional.of(files);
    }

    private static void requireNothing(PathStat stat) throws NothingSent {
        if (stat.isFileOrFolder()) {
            throw new NothingSent();
        }
    }

    /** Links may lead anywhere, and are no content. */
    private static boolean isRegular(TarArchiveEntry entry) {
        return entry.getLinkFlag() == TarConstants.LF_NORMAL || entry.getLinkFlag() == TarConstants.LF_OLDNORM;
    }

    private record Archive(DockerHttp http, String apiVersion, String container, String path, int mostBytes) {
        <T> T read(T absent, T tooLong, Reading<T> reading) {
            for (var tries = 1; ; tries++) {
                try {
                    return readOnce(absent, tooLong, reading);
                } catch (NothingSent e) {
                    if (tries == TRIES) {
                        throw new UncheckedIOException(e);
                    }
                }
            }
        }

        private <T> T readOnce(T absent, T tooLong, Reading<T> reading) throws NothingSent {
            var request = DockerHttpClient.Request.builder()
                    .method(DockerHttpClient.Request.Method.GET)
                    .path("/v" + apiVersion + "/containers/" + container + "/archive?path="
                            + URLEncoder.encode(path, UTF_8))
                    .build();
            // Its body is not closed by itself: that would read the rest of it, which may never end.
            try (var response = http.execute(request)) {
                try {
                    response.requireOk();
                } catch (DockerException e) {
                    if (isAbsent(e)) {
                        return absent;
                    }
                    throw e;
                }
                var body = new Limited(response.getBody(), (long) mostBytes + OVERHEAD);
                return reading.of(PathStat.of(response.getHeaders()), new TarArchiveInputStream(body, "UTF-8"));
            } catch (TooLong e) {
                return tooLong;
            } catch (NothingSent e) {
                throw e;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Also below what is no folder; not where the container itself is gone. */
    private static boolean isAbsent(DockerException refusal) {
        var body = String.valueOf(refusal.getMessage());
        return refusal instanceof NotFoundException
                ? DockerErrors.message(body).filter(NO_CONTAINER).isEmpty()
                : body.contains(": not a directory");
    }

    private interface Reading<T> {
        T of(PathStat stat, TarArchiveInputStream tar) throws IOException;
    }

    /** Podman sends an empty archive of what is there while it cleans up after the end of the container. */
    private static final class NothingSent extends IOException {
        private static final long serialVersionUID = 1L;

        NothingSent() {
            super("the daemon sent an empty archive of a file that is there");
        }
    }

    private static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Limited extends FilterInputStream {
        private long left;

        private Limited(InputStream in, long most) {
            super(in);
            left = most;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                throw new TooLong();
            }
            var read = super.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }
    }
}
