package dev.longshore.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Python in docs/from-the-python-api.md is that of examples/python, which PythonExamplesIT runs. */
class PythonBlocksTest {
    /** Of the other API, and calls with a reader's own names. */
    private static final Pattern NOT_OURS = Pattern.compile("\\A# (Before, with Django|Usage)\n");

    private static final Pattern FUNCTION = Pattern.compile("(?m)^def (\\w+)\\(");
    private static final Page PAGE = Page.of("docs/from-the-python-api.md");

    private static String example() throws IOException {
        return Files.readString(Path.of("examples", "python", "patterns.py"));
    }

    @Test
    void areThoseOfTheExample() throws IOException {
        var blocks = PAGE.blocks("python").stream()
                .filter(block -> !NOT_OURS.matcher(block).find())
                .toList();

        assertThat(blocks).isNotEmpty();
        for (var block : blocks) {
            assertThat(example()).contains("\n\n\n" + block + "\n\n");
        }
    }

    @Test
    void showEveryPattern() throws IOException {
        var patterns = example().split("\n# (Patterns|Jobs)\n")[1];
        var shown = String.join("", PAGE.blocks("python"));

        assertThat(FUNCTION.matcher(patterns).results().map(MatchResult::group))
                .hasSizeGreaterThanOrEqualTo(9)
                .allSatisfy(function -> assertThat(shown).contains(function));
    }
}
