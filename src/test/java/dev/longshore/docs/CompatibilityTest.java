package dev.longshore.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.testing.Capability;
import dev.longshore.testing.DaemonKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompatibilityTest {
    private static final Path TESTS = Path.of("src/test/java");

    @Test
    void thePageSaysWhatTheTableSays() throws IOException {
        if (Boolean.getBoolean("compatibility.write")) {
            Files.writeString(CompatibilityPage.FILE, CompatibilityPage.text());
        }
        assertThat(CompatibilityPage.FILE)
                .as("docs/compatibility.md and Capability differ: make compatibility")
                .hasContent(CompatibilityPage.text());
    }

    /** What no test shows is no more than a claim, and a difference that none asserts may have gone. */
    @ParameterizedTest
    @EnumSource
    void eachCapabilityIsShownOnEachDaemonAndEachDifferenceAsserted(Capability capability) throws IOException {
        var name = "Capability." + capability.name();
        var tests = testsOnEachDaemon();
        assertThat(tests).anyMatch(test -> test.matches("(?s).*@Shows\\([^)]*" + name + "\\b.*"));
        if (Stream.of(DaemonKind.values())
                .anyMatch(kind -> capability.difference(kind).isPresent())) {
            assertThat(tests).anyMatch(test -> test.matches("(?s).*check\\(\\s*" + name + "\\b.*"));
        }
    }

    @Test
    void aDifferenceThatIsNoLongerThereFailsTheRun() {
        assertThatThrownBy(() -> Capability.MISSING_HOST_PATH.check(DaemonKind.PODMAN, () -> {}, () -> {}))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("MISSING_HOST_PATH on Podman is as on other daemons, not: Podman creates it");
    }

    private static List<String> testsOnEachDaemon() throws IOException {
        try (var files = Files.walk(TESTS)) {
            return files.filter(file -> file.toString().endsWith("IT.java"))
                    .map(CompatibilityTest::read)
                    .filter(text -> text.contains("\n@OnEachDaemon\n"))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So that an IT can be run on another daemon with DOCKER_HOST. */
    @Test
    void testsTakeTheirDaemonFromOnePlace() throws IOException {
        try (var files = Files.walk(TESTS)) {
            assertThat(files.filter(file -> file.toString().endsWith("IT.java"))
                            .filter(file -> read(file).contains("unix:///var/run/docker.sock"))
                            .map(file -> file.getFileName().toString()))
                    .as("a container has the socket there, and a dump is only read; others use LocalDocker.HOST")
                    .containsExactlyInAnyOrder("ImageIT.java", "StrangersIT.java", "ImportCommandIT.java");
        }
    }
}
