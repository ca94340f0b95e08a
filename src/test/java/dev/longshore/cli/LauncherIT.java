package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launchers that {@code make build} leaves beside the jar. */
class LauncherIT {
    private static final Path TARGET = Finished.JAR.getParent();
    private static final Map<String, String> THIS_JAVA = Map.of("JAVA_HOME", System.getProperty("java.home"));

    private static final Pattern ENTRYPOINT = Pattern.compile("\"(-XX:\\S+)\"");

    @TempDir
    private Path folder;

    @BeforeAll
    static void make() {
        var created = Finished.run(THIS_JAVA, "src/scripts/launcher.sh");
        assertThat(created).isEqualTo(new Finished(0, "", ""));
        assertThat(TARGET.resolve("kubectl-longshore"))
                .isSymbolicLink()
                .hasSameBinaryContentAs(TARGET.resolve("longshore"));
    }

    private static Finished launch(Path launcher, String... arguments) {
        return Finished.run(
                THIS_JAVA,
                Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static Path archive() throws IOException {
        try (var files = Files.list(TARGET)) {
            return files.filter(file -> file.toString().endsWith(".jsa"))
                    .reduce((one, other) -> {
                        throw new AssertionError("two archives: " + one + ", " + other);
                    })
                    .orElseThrow();
        }
    }

    /** The launcher and the jar elsewhere, so that the archive is not beside them. */
    private Path installed() throws IOException {
        Files.copy(Finished.JAR, folder.resolve("longshore.jar"));
        return Files.copy(TARGET.resolve("longshore"), folder.resolve("longshore"));
    }

    @Test
    void doesAsTheJarDoes() {
        assertThat(launch(TARGET.resolve("longshore"), "run", "--help")).isEqualTo(Finished.jar("run", "--help"));
        launch(TARGET.resolve("longshore"), "run", "no such.yaml").assertRefused("no such.yaml");
    }

    /** The classes that a command loads, with where each is from. */
    private String loaded(int code, String... command) throws IOException {
        var java = List.of(
                Finished.java(),
                "-Xshare:on",
                "-XX:+UseSerialGC",
                "-XX:SharedArchiveFile=" + archive(),
                "-Xlog:class+load:file=" + folder.resolve("loaded"),
                "-jar",
                Finished.JAR.toString());
        var shared = Finished.run(
                Map.of(), Stream.concat(java.stream(), Stream.of(command)).toArray(String[]::new));
        assertThat(shared.code()).as(shared.err()).isEqualTo(code);
        return Files.readString(folder.resolve("loaded"));
    }

    @Test
    void theArchiveIsOneThatThisJavaTakes() throws IOException {
        assertThat(loaded(0, "--help"))
                // JDK 25 archives no classes in a format as old as picocli's.
                .containsPattern(Pattern.quote("dev.longshore.cli.Main source: shared objects file") + ".*\n(?s:.*)"
                        + "io\\.fabric8\\.kubernetes\\.client\\.\\S+ source: shared objects file");
    }

    @Test
    void theArchiveHasTheClassesOfCommandsOnACluster() throws IOException {
        Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: none, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: none, user: {token: none}}]
                contexts: [{name: none, context: {cluster: none, user: none}}]
                current-context: none
                """);
        assertThat(loaded(
                        2, "list", "--kubeconfig", folder.resolve("kubeconfig").toString()))
                .contains(
                        "io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientImpl source: shared objects file",
                        "sun.security.ssl.SSLContextImpl source: shared objects file");
        var classes = Finished.run(
                Map.of(),
                "grep",
                "-c",
                "dev/longshore/cli/output/JobColumns",
                archive().toString());
        assertThat(classes.code()).as("what prints an answer").isZero();
    }

    @Test
    void anOperatorRunsWithTheOptionsOfTheImage() throws IOException {
        var launcher = installed().toString();
        var java = Files.createDirectory(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        var image = ENTRYPOINT
                .matcher(Files.readString(Path.of("Dockerfile")))
                .results()
                .map(option -> option.group(1))
                // Of a container's memory.
                .filter(option -> !option.startsWith("-XX:MaxRAMPercentage"))
                .toList();
        for (var command : List.of("operator", "dev")) {
            assertThat(Finished.run(Map.of("JAVA_HOME", folder.toString()), launcher, "--verbose", command)
                            .out()
                            .strip()
                            .split(" "))
                    .contains(image.toArray(String[]::new))
                    .contains("-jar", command);
        }
    }

    @Test
    void worksWithoutAnArchiveAndWithOneOfAnotherKind() throws IOException {
        var launcher = installed();
        var version = Finished.jar("--version");
        assertThat(launch(launcher, "--version")).isEqualTo(version);
        Files.writeString(folder.resolve(archive().getFileName()), "not an archive");
        assertThat(launch(launcher, "--version")).isEqualTo(version);
        // Made for a jar at another place.
        Files.copy(
                archive(),
                Files.createDirectory(folder.resolve("copy")).resolve(archive().getFileName()));
        Files.copy(Finished.JAR, folder.resolve("copy/longshore.jar"));
        assertThat(launch(Files.copy(launcher, folder.resolve("copy/longshore")), "--version"))
                .isEqualTo(version);
    }

    @Test
    void worksThroughALinkFromAFolderOfTheUser() throws IOException {
        var link = Files.createSymbolicLink(folder.resolve("a link"), TARGET.resolve("longshore"));
        assertThat(launch(link, "--version").code()).isZero();
        Files.delete(link);
    }

    @Test
    void saysWhichJavaIsMissing() throws IOException {
        var launcher = installed().toString();
        Finished.run(Map.of("JAVA_HOME", folder.toString()), launcher, "--version")
                .assertRefused("JAVA_HOME", folder.toString());
        Finished.run(Map.of("JAVA_HOME", "", "PATH", "/nowhere"), "/bin/sh", launcher, "--version")
                .assertRefused("java not found", "17");
        var java = Files.createDirectory(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"1.8.0_402\"' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Finished.run(Map.of("JAVA_HOME", folder.toString()), launcher, "--version")
                .assertRefused("1.8.0_402", "17");
        Files.writeString(folder.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");
        Finished.run(Map.of("JAVA_HOME", folder.toString()), launcher, "--version")
                .assertRefused("11.0.2", "17");
    }
}
