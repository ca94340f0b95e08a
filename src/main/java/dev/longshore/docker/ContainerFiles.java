package dev.longshore.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Files put into a container, and read from it, as Docker does it: by tar. */
final class ContainerFiles {
    private static final int OWNER_READS = 0400;
    /** What a Secret may hold, and more. */
    private static final int LARGEST = 4 << 20;

    private ContainerFiles() {}

    static void put(DockerClient docker, String container, List<ContainerSpec.File> files) {
        if (!files.isEmpty()) {
            docker.copyArchiveToContainerCmd(container)
                    .withRemotePath("/")
                    .withTarInputStream(new ByteArrayInputStream(tar(files)))
                    .exec();
        }
    }

    private static byte[] tar(List<ContainerSpec.File> files) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (var file : files) {
                // Folders are left to Docker: an entry would change those that are there.
                var entry = new TarArchiveEntry(file.path().substring(1));
                entry.setMode(OWNER_READS);
                entry.setUserId(file.uid());
                entry.setGroupId(file.gid());
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

    static Map<String, byte[]> read(DockerClient docker, String container, String folder) {
        var files = new HashMap<String, byte[]>();
        try (var tar = new TarArchiveInputStream(
                docker.copyArchiveFromContainerCmd(container, folder).exec())) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isFile()) {
                    var name = entry.getName();
                    files.put(name.substring(name.indexOf('/') + 1), tar.readNBytes(LARGEST));
                }
            }
        } catch (NotFoundException e) {
            return Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
