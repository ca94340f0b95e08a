package dev.longshore.docker.dockerjava;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.FileContent;
import dev.longshore.testing.StandInDaemon;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a daemon may send in place of a file. */
class ArchiveBoundsIT {
    private static final int MOST = 4096;
    private static final int BLOCK = 512;

    private static FileContent read(StandInDaemon.Answer archive) throws IOException {
        var version = StandInDaemon.version("1.41", "1.12");
        try (var daemon = new StandInDaemon(
                        (head, client) -> (head.contains("/archive?") ? archive : version).to(head, client));
                var engine = new DockerJavaEngineFactory().connect(new Endpoint(daemon.endpoint(), null))) {
            return engine.file("id", "/out/rows", MOST);
        }
    }

    private static FileContent read(byte[] archive) throws IOException {
        return read(StandInDaemon.answers("200 OK", "application/x-tar", new String(archive, ISO_8859_1)));
    }

    private static byte[] tar(String name, byte type, String content) {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            var entry = new TarArchiveEntry(name, type);
            entry.setLinkName("/etc/passwd");
            entry.setSize(content.length());
            tar.putArchiveEntry(entry);
            tar.write(content.getBytes(ISO_8859_1));
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Test
    void aRegularFileOfThatNameIsRead() throws IOException {
        assertThat(read(tar("rows", TarConstants.LF_NORMAL, "12")).bytes()).isEqualTo("12".getBytes(ISO_8859_1));
        assertThat(read(tar("rows", TarConstants.LF_NORMAL, "x".repeat(MOST + 1))))
                .isEqualTo(FileContent.tooLarge(MOST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../rows", "out/rows", "passwd"})
    void anotherNameIsNotTheFile(String name) throws IOException {
        assertThat(read(tar(name, TarConstants.LF_NORMAL, "12")).bytes()).isNull();
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_LINK, TarConstants.LF_SYMLINK, TarConstants.LF_CHR, TarConstants.LF_FIFO})
    void linksAndDevicesAreNotFollowed(byte type) throws IOException {
        assertThat(read(tar("rows", type, "")).problem()).startsWith("not a regular file");
    }

    /** Podman 5.8.6 sends none for a moment after the container has ended. */
    @Test
    void anEmptyArchiveOfARegularFileIsAskedForAgain() throws IOException {
        var type = "application/x-tar\r\nX-Docker-Container-Path-Stat: "
                + Base64.getEncoder().encodeToString("{\"mode\":256}".getBytes(ISO_8859_1));
        var empty = StandInDaemon.answers("200 OK", type, "");
        var full = StandInDaemon.answers(
                "200 OK", type, new String(tar("rows", TarConstants.LF_NORMAL, "12"), ISO_8859_1));
        var requests = new AtomicInteger();
        assertThat(read((head, client) -> (requests.incrementAndGet() < 3 ? empty : full).to(head, client))
                        .bytes())
                .isEqualTo("12".getBytes(ISO_8859_1));
        assertThatThrownBy(() -> read(empty))
                .isInstanceOf(DockerUnavailableException.class)
                .hasMessageContaining("the daemon sent an empty archive of a file that is there");
    }

    @Test
    void anEmptyArchiveHasNoRegularFile() throws IOException {
        assertThat(read(new byte[2 * BLOCK]).problem()).isEqualTo("not a regular file");
    }

    @Test
    void anExtendedHeaderWithoutEndIsTooLarge() throws IOException {
        var header = Arrays.copyOf(tar("./pax", TarConstants.LF_PAX_EXTENDED_HEADER_LC, "x".repeat(1 << 20)), BLOCK);
        var start = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + new String(header, ISO_8859_1);
        assertThat(read((head, client) -> {
                    client.getOutputStream().write(start.getBytes(ISO_8859_1));
                    for (var block = "9".repeat(BLOCK).getBytes(ISO_8859_1); !client.isOutputShutdown(); ) {
                        client.getOutputStream().write(block);
                    }
                }))
                .isEqualTo(FileContent.tooLarge(MOST));
    }

    @Test
    void whatIsCutOrNoArchiveIsNoContent() {
        var cut = Arrays.copyOf(tar("rows", TarConstants.LF_NORMAL, "x".repeat(MOST)), BLOCK + 10);
        assertThatThrownBy(() -> read(cut)).isInstanceOf(DockerUnavailableException.class);
        assertThatThrownBy(() -> read("no archive".repeat(BLOCK).getBytes(ISO_8859_1)))
                .isInstanceOf(DockerUnavailableException.class);
    }

    private static StandInDaemon.Answer notFound(String message) {
        return StandInDaemon.answers(
                "404 Not Found", "application/json", "{\"message\":\"%s\"}".formatted(message.replace("\"", "\\\"")));
    }

    @Test
    void aPathMayReadLikeAContainerThatIsGone() throws IOException {
        assertThat(read(notFound("Could not find the file /no such container: id in container id")))
                .isEqualTo(FileContent.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"No such container: id", "no container with name or ID \"id\" found: no such container"})
    void aContainerThatIsGoneIsNoMissingFile(String message) {
        var gone = notFound(message);
        assertThatThrownBy(() -> read(gone))
                .isInstanceOfSatisfying(
                        DockerRefusedException.class,
                        e -> assertThat(e.isNotFound()).isTrue());
    }
}
