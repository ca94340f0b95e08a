package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandReferenceTest {
    private static final Path PAGE = Path.of("docs/commands.md");

    @Test
    void thePageSaysWhatTheCommandsSay() throws IOException {
        var generated = CommandReference.page();
        if (Boolean.getBoolean("commands.write")) {
            Files.writeString(PAGE, generated);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/commands.md and the commands differ: make reference")
                .isEqualTo(generated);
    }
}
