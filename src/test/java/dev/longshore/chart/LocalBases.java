package dev.longshore.chart;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Base images for the Dockerfile, made of this machine's JDK and C library: no registry is asked. */
final class LocalBases {
    private static final Pattern LIBRARY = Pattern.compile("(?:=>)?\\s(/\\S+) \\(0x");
    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final String TAG =
            ":" + System.getProperty("java.runtime.version").replaceAll("[^A-Za-z0-9.]", "-");

    /** With jlink. */
    static final String JDK_IMAGE = "longshore-tests-jdk" + TAG;
    /** What a runtime needs below it. */
    static final String BASE_IMAGE = "longshore-tests-base" + TAG;

    private final DockerClient docker;

    LocalBases(DockerClient docker) {
        this.docker = docker;
    }

    /** They are kept, for the next time. */
    void ensure() throws IOException {
        ensure(BASE_IMAGE, false);
        ensure(JDK_IMAGE, true);
    }

    private void ensure(String image, boolean withJdk) throws IOException {
        try {
            docker.inspectImageCmd(image).exec();
        } catch (NotFoundException e) {
            var file = Files.createTempFile("longshore-base", ".tar");
            try {
                write(file, withJdk);
                try (var tar = Files.newInputStream(file)) {
                    docker.buildImageCmd(tar)
                            .withTags(Set.of(image))
                            .exec(new BuildImageResultCallback())
                            .awaitImageId();
                }
            } finally {
                Files.delete(file);
            }
        }
    }

    private static void write(Path file, boolean withJdk) throws IOException {
        try (var tar = new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            var dockerfile = "FROM scratch\nCOPY root/ /\n".getBytes(UTF_8);
            var entry = new TarArchiveEntry("Dockerfile");
            entry.setSize(dockerfile.length);
            tar.putArchiveEntry(entry);
            tar.write(dockerfile);
            tar.closeArchiveEntry();
            for (var library : libraries()) {
                add(tar, library, "root" + library);
            }
            if (withJdk) {
                addJdk(tar);
            }
        }
    }

    private static void addJdk(TarArchiveOutputStream tar) throws IOException {
        try (var files = Files.walk(JDK, FileVisitOption.FOLLOW_LINKS)) {
            for (var file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("src.zip"))
                    .toList()) {
                add(tar, file, "root/jdk/" + JDK.relativize(file));
            }
        }
        var link = new TarArchiveEntry("root/usr/bin/jlink", TarConstants.LF_SYMLINK);
        link.setLinkName("/jdk/bin/jlink");
        tar.putArchiveEntry(link);
        tar.closeArchiveEntry();
    }

    private static void add(TarArchiveOutputStream tar, Path file, String name) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(Files.size(file));
        entry.setMode(Files.isExecutable(file) ? 0755 : 0644);
        tar.putArchiveEntry(entry);
        Files.copy(file, tar);
        tar.closeArchiveEntry();
    }

    /** That the JVM itself is linked with. */
    private static Set<Path> libraries() throws IOException {
        var libraries = new TreeSet<Path>();
        for (var part : new String[] {"bin/java", "lib/server/libjvm.so", "lib/libzip.so", "lib/libnet.so"}) {
            var ldd = new ProcessBuilder("ldd", JDK.resolve(part).toString()).start();
            var found = LIBRARY.matcher(new String(ldd.getInputStream().readAllBytes(), UTF_8));
            while (found.find()) {
                var library = Path.of(found.group(1)).normalize();
                if (!library.startsWith(JDK)) {
                    libraries.add(library);
                }
            }
        }
        return libraries;
    }
}
