package dev.longshore.manifest;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What reading some text says. */
final class Checked {
    private Checked() {}

    static List<Problem> problems(Purpose purpose, String text) {
        try {
            read(purpose, text);
            return List.of();
        } catch (InvalidManifestsException e) {
            return e.problems();
        }
    }

    static List<Manifest> read(Purpose purpose, String text) {
        return new ManifestReader(purpose).read(List.of("-"), input(text));
    }

    /** One line each. */
    static List<String> lines(String text) {
        return problems(Purpose.VALIDATE, text).stream().map(Problem::toString).toList();
    }

    static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
