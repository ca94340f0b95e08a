package dev.longshore.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** An image made of this machine's static busybox, for daemons that can reach no registry. */
public final class BusyboxImage {
    private static final int HEADERS = 4096;
    private static final int EXECUTABLE = 0755;
    private static final int SHARED_FOLDER = 01777;
    private static final String PASSWD = """
            root:x:0:0:root:/root:/bin/sh
            nobody:x:65534:65534:nobody:/:/bin/false
            """;
    private static final String GROUP = """
            root:x:0:
            nogroup:x:65534:
            """;

    private BusyboxImage() {}

    /** As {@code docker load} takes it. */
    static byte[] archive(String reference) throws IOException {
        return archive(reference, System.getProperty("os.arch").replace("aarch64", "arm64"));
    }

    /** One that says it was made for another architecture, and runs all the same. */
    public static byte[] archive(String reference, String architecture) throws IOException {
        var layer = layer();
        var config = """
                {"architecture": "%s", "os": "linux",
                 "config": {"Cmd": ["sh"], "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]},
                 "rootfs": {"type": "layers", "diff_ids": ["sha256:%s"]}}
                """.formatted(architecture, sha256(layer));
        var manifest = """
                [{"Config": "config.json", "RepoTags": ["%s"], "Layers": ["layer.tar"]}]
                """.formatted(inFull(reference));
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            file(tar, "config.json", config.getBytes(UTF_8), EXECUTABLE);
            file(tar, "manifest.json", manifest.getBytes(UTF_8), EXECUTABLE);
            file(tar, "layer.tar", layer, EXECUTABLE);
        }
        return bytes.toByteArray();
    }

    /** Podman takes a short name in an archive for one of its own registry, localhost. */
    private static String inFull(String reference) {
        return reference.contains("/") ? reference : "docker.io/library/" + reference;
    }

    private static byte[] layer() throws IOException {
        var busybox = busybox();
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            for (var folder : List.of("bin/", "etc/", "root/")) {
                folder(tar, folder, EXECUTABLE);
            }
            folder(tar, "tmp/", SHARED_FOLDER);
            file(tar, "bin/busybox", Files.readAllBytes(busybox), EXECUTABLE);
            for (var applet : applets(busybox)) {
                var link = new TarArchiveEntry("bin/" + applet, TarConstants.LF_SYMLINK);
                link.setLinkName("busybox");
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            }
            file(tar, "etc/passwd", PASSWD.getBytes(UTF_8), 0644);
            file(tar, "etc/group", GROUP.getBytes(UTF_8), 0644);
        }
        return bytes.toByteArray();
    }

    private static List<String> applets(Path busybox) throws IOException {
        var list = new ProcessBuilder(busybox.toString(), "--list").start();
        try (var output = list.inputReader(UTF_8)) {
            return output.lines().filter(applet -> !applet.equals("busybox")).toList();
        }
    }

    private static Path busybox() throws IOException {
        for (var folder : System.getenv("PATH").split(":")) {
            var file = Path.of(folder, "busybox");
            if (Files.isExecutable(file) && isStatic(file)) {
                return file;
            }
        }
        throw new IOException(
                "it has no image " + LocalDocker.IMAGE + ", and there is no static busybox to make it from");
    }

    /** A dynamic executable names its loader right behind its headers. */
    private static boolean isStatic(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return !new String(stream.readNBytes(HEADERS), ISO_8859_1).contains("/ld-");
        }
    }

    private static void folder(TarArchiveOutputStream tar, String name, int mode) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void file(TarArchiveOutputStream tar, String name, byte[] content, int mode) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
