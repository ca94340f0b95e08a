package dev.longshore.docs;

import dev.longshore.testing.Capability;
import dev.longshore.testing.DaemonKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What works on which daemon, as {@link Capability} says, with the versions that the last recorded run was on. */
final class CompatibilityPage {
    static final Path FILE = Path.of("docs/compatibility.md");

    /** A line for each kind of daemon: its name, {@code =}, and what it was. Written by {@code make compatibility}. */
    private static final Path VERSIONS = Path.of("src/test/resources/daemons.properties");

    private static final String INTRO = """
            # Compatibility

            <!-- Generated from the table in src/test/java/dev/longshore/testing/Capability.java; written by make compatibility -->

            Longshore works with Docker 20.10 and later and with Podman 5 and later. `make test-daemons` runs the tests that need a daemon on
            each of these; where a daemon differs, a test asserts how. [Podman](podman.md) has more on its differences, and `longshore doctor`
            reports what applies to a daemon of yours. Docker on cgroup v2 runs under a Linux kernel in user mode, on any machine.

            | Daemon | Version of the last recorded run |
            |---|---|
            """;

    private static final String NOT_RUN = """

            ## Not part of this

            | Daemon | What to expect |
            |---|---|
            | Docker on cgroup v2 where the controller `cpu` is not delegated | Tried with Docker 28.5.2: usage has memory and network, but no CPU time, and the daemon refuses a CPU limit |
            | Rootless Docker without cgroups (cgroup v1, or no systemd) | Tried with Docker 28.5.2 and RootlessKit: jobs run, 36 of 39 tests passed. Memory limits have no effect, and usage is that of all processes in the daemon's own cgroup |
            | Rootless Docker with systemd and cgroup v2, rootless Podman, Podman on cgroup v2 | Not tried: the tests have no systemd. Limits work, and usage has CPU time, as far as the controllers are delegated to the user |
            """;

    private CompatibilityPage() {}

    static String text() throws IOException {
        var versions = versions();
        return INTRO
                + Stream.of(DaemonKind.values())
                        .map(kind -> "| %s | %s |\n".formatted(kind.title(), versions.get(kind.name())))
                        .collect(Collectors.joining())
                + "\n## Capabilities\n\n| |"
                + cells(kind -> kind.title())
                + "\n|---|"
                + cells(kind -> "---").replace(" ", "")
                + "\n"
                + Stream.of(Capability.values()).map(CompatibilityPage::row).collect(Collectors.joining())
                + NOT_RUN;
    }

    private static String row(Capability capability) {
        return "| %s |%s\n"
                .formatted(
                        capability.text(),
                        cells(kind -> capability
                                .difference(kind)
                                .map(how -> "differs: " + how)
                                .orElse("yes")));
    }

    private static String cells(Function<DaemonKind, String> cell) {
        return Stream.of(DaemonKind.values())
                .map(kind -> " " + cell.apply(kind) + " |")
                .collect(Collectors.joining());
    }

    private static Map<String, String> versions() throws IOException {
        return Files.readAllLines(VERSIONS).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    }
}
