package dev.longshore.docs;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A copy of the project for someone who follows its pages, after {@code make build}. */
final class Checkout {
    private static final Set<String> LEFT_OUT = Set.of(".git", "target", "shared");
    private static final long LONGEST_SECONDS = 120;
    private static final String MARK = "-- answered --";

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    /** What a script printed, stdout and stderr as they came, and how it ended. */
    record Said(int code, String text) {}

    /** @param folder a new one */
    Checkout(Path folder) throws IOException {
        this.folder = folder;
        var project = Path.of("").toAbsolutePath();
        copy(project, folder);
        var target = Files.createDirectories(folder.resolve("target"));
        for (var built : List.of("longshore.jar", "longshore", "kubectl-longshore")) {
            // Not the folder: whatever a page builds shall not get into the project's own.
            if (Files.exists(project.resolve("target").resolve(built))) {
                Files.createSymbolicLink(
                        target.resolve(built), project.resolve("target").resolve(built));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (from.equals(folder.getParent())
                        && LEFT_OUT.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!LEFT_OUT.contains(file.getFileName().toString())) {
                    // With their times, for scripts that ask what is newer.
                    Files.copy(
                            file,
                            to.resolve(from.relativize(file).toString()),
                            StandardCopyOption.COPY_ATTRIBUTES,
                            LinkOption.NOFOLLOW_LINKS);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    Path folder() {
        return folder;
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** Puts folders before the others where commands are looked for. */
    void setPath(Path... folders) {
        var path = new ArrayList<String>();
        for (var each : folders) {
            path.add(each.toString());
        }
        path.add(System.getenv("PATH"));
        set("PATH", String.join(File.pathSeparator, path));
    }

    Process start(List<String> command, Path output) throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Stops at the first command that fails. */
    Said run(String script) throws IOException, InterruptedException {
        return bash("set -euo pipefail\n" + script);
    }

    /** What each command answered; one that fails does not keep the others from being typed. */
    List<String> type(List<String> commands) throws IOException, InterruptedException {
        var script = new StringBuilder();
        for (var command : commands) {
            // The next one may ask how this one ended.
            script.append(command).append("\n__code=$?; printf '\\n%s\\n' '" + MARK + "'; (exit $__code)\n");
        }
        return List.of(bash(script.toString()).text().split("\n" + MARK + "\n", -1));
    }

    private Said bash(String script) throws IOException, InterruptedException {
        var file = Files.writeString(Files.createTempFile(folder.getParent(), "script", ".sh"), script);
        var output = Files.createTempFile(folder.getParent(), "output", ".txt");
        var process = start(List.of("bash", file.toString()), output);
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                return new Said(-1, Files.readString(output) + "\n(went on for more than " + LONGEST_SECONDS + " s)");
            }
            return new Said(process.exitValue(), Files.readString(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
