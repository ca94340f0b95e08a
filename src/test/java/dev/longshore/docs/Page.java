package dev.longshore.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Markdown page of the project. */
record Page(Path file, String text) {
    private static final Pattern FENCE = Pattern.compile("(?ms)^( *)```(\\w*)\n(.*?)^ *```$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");

    static Page of(String file) {
        try {
            return new Page(Path.of(file), Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those in the project's folder and all below {@code docs}. */
    static List<Page> all() throws IOException {
        try (var top = Files.list(Path.of(""));
                var docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(file -> of(file.toString()))
                    .toList();
        }
    }

    /** The fenced blocks in a language. */
    List<String> blocks(String language) {
        return FENCE.matcher(text)
                .results()
                .filter(fence -> fence.group(2).equals(language))
                .map(fence -> fence.group(3).replaceAll("(?m)^" + fence.group(1), ""))
                .toList();
    }

    /** Where links lead to, outside of fenced blocks. */
    List<String> links() {
        return LINK.matcher(FENCE.matcher(text).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
