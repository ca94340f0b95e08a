package dev.longshore.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Reads the files that are named on the command line. */
final class ManifestFiles {
    static final String STANDARD_INPUT = "<stdin>";
    /** Far more than the resources of one file; a disk image or a dump is rejected before it is read to its end. */
    private static final int MOST_MEGABYTES = 10;

    private static final int MOST_BYTES = MOST_MEGABYTES * 1024 * 1024;

    private final InputStream standardInput;
    private final List<Problem> problems;
    private final BiConsumer<String, String> reader;
    private final Set<Path> done = new HashSet<>();

    /** @param reader takes the name of each file and its text */
    ManifestFiles(InputStream standardInput, List<Problem> problems, BiConsumer<String, String> reader) {
        this.standardInput = standardInput;
        this.problems = problems;
        this.reader = reader;
    }

    void read(String name) {
        if (name.equals("-")) {
            try {
                read(STANDARD_INPUT, standardInput);
            } catch (IOException e) {
                problems.add(Problem.of(STANDARD_INPUT, reason(e)));
            }
            return;
        }
        // Java resolves it to the current directory; a shell passes it for an unset variable.
        if (name.isEmpty()) {
            problems.add(Problem.of("''", "empty file name: specify a file or directory, such as ."));
            return;
        }
        try {
            var path = Path.of(name);
            if (Files.isDirectory(path)) {
                readFolder(path);
            } else {
                readFile(path);
            }
        } catch (InvalidPathException e) {
            problems.add(Problem.of(name, "invalid file name: " + e.getReason()));
        }
    }

    /** Without subdirectories, like {@code kubectl apply -f}. */
    private void readFolder(Path folder) {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(file -> file.toString().matches("(?s).*[.](yaml|yml|json)"))
                    .filter(file -> Files.isRegularFile(file) || Files.isSymbolicLink(file) && !Files.exists(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add(Problem.of(folder.toString(), reason(e)));
            return;
        }
        if (files.isEmpty()) {
            problems.add(Problem.of(folder.toString(), "no .yaml, .yml or .json file in this directory"));
        }
        files.forEach(this::readFile);
    }

    private void readFile(Path file) {
        try {
            if (Files.isRegularFile(file) && !done.add(file.toRealPath())) {
                return;
            }
            try (var stream = Files.newInputStream(file)) {
                read(file.toString(), stream);
            }
        } catch (IOException e) {
            problems.add(Problem.of(file.toString(), reason(e)));
        }
    }

    private void read(String name, InputStream stream) throws IOException {
        var bytes = stream.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            problems.add(Problem.of(name, "larger than " + MOST_MEGABYTES + " MiB: split the file"));
            return;
        }
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            problems.add(Problem.of(name, "not UTF-8 text"));
            return;
        }
        var odd = text.chars().filter(ManifestFiles::isControl).findFirst();
        if (odd.isPresent()) {
            var before = text.substring(0, text.indexOf(odd.getAsInt()));
            problems.add(Problem.at(name, end(before), "invalid control character 0x%02x".formatted(odd.getAsInt())));
            return;
        }
        reader.accept(name, text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static boolean isControl(int character) {
        return character < ' ' && character != '\t' && character != '\n' && character != '\r' || character == 0x7f;
    }

    private static Position end(String text) {
        var line = (int) text.chars().filter(character -> character == '\n').count();
        return new Position(line + 1, text.length() - text.lastIndexOf('\n'));
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "failed to read: permission denied";
        }
        var reason = e instanceof FileSystemException failure ? failure.getReason() : null;
        return "failed to read: " + (reason == null ? e.getMessage() : reason);
    }
}
