package dev.longshore.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the API server refuses is refused, for the same field and reason, and nothing else is. {@code RefusedIT} asks the API
 * server itself about the same files.
 */
class ApiServerMessagesTest {
    private static final Path REFUSED = Path.of("src/test/resources/refused");

    /** A second document is an update of the first: nothing that a file alone could be wrong in. */
    static List<Path> refused() throws IOException {
        try (Stream<Path> files = Files.list(REFUSED)) {
            var alone = new ArrayList<Path>();
            for (var file : files.sorted().toList()) {
                if (Files.readString(file).split("(?m)^---$").length == 2) {
                    alone.add(file);
                }
            }
            return alone;
        }
    }

    static List<Path> taken() throws IOException {
        try (Stream<Path> examples = Files.walk(Path.of("examples"));
                Stream<Path> full = Files.list(Path.of("src/test/resources/full"))) {
            return Stream.concat(examples, full)
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void theSameFieldAndReason(Path file) throws IOException {
        var text = Files.readString(file);
        var found = problems(text);

        var fields = comments(text, "# field:");
        var message = comments(text, "# says:");
        for (int i = 0; i < fields.size(); i++) {
            // An unknown field is found while decoding, which names it in the message only.
            var unknown = message.get(i).startsWith("unknown field");
            var field = unknown ? message.get(i).split("\"")[1] : fields.get(i);
            var expected = unknown ? "unknown field" : message.get(i);
            assertThat(found)
                    .anySatisfy(problem ->
                            assertThat(problem).startsWith(field + ": ").contains(expected));
        }
        assertThat(found).hasSize(fields.size());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("taken")
    void whatIsTakenIsValid(Path file) throws IOException {
        assertThat(problems(Files.readString(file))).isEmpty();
    }

    @Test
    void thereAreManyOfBoth() throws IOException {
        assertThat(refused()).hasSizeGreaterThan(100);
        assertThat(taken()).hasSizeGreaterThan(20);
    }

    /** Field and reason of each, but for what refers to other files. */
    private static List<String> problems(String text) {
        return Checked.problems(Purpose.VALIDATE, text).stream()
                .filter(problem -> !problem.what().contains(" not found in the manifests"))
                .map(problem -> problem.path() + ": " + problem.what())
                .toList();
    }

    private static List<String> comments(String text, String prefix) {
        return text.lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }
}
