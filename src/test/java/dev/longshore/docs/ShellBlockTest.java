package dev.longshore.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShellBlockTest {
    private static Page page(String text) {
        return new Page(Path.of("page.md"), text);
    }

    @Test
    void aConsoleIsWhatIsTypedAndWhatIsAnswered() {
        var block = ShellBlock.of(page("""
                Words.

                ```console
                $ cat <<END
                > one
                > END
                one
                $ false
                $ echo $?
                1
                ```
                """)).get(0);

        assertThat(block.notRun()).isNull();
        assertThat(block).hasToString("page.md:3");
        assertThat(block.steps())
                .containsExactly(
                        new ShellBlock.Step("cat <<END\none\nEND", "one\n"),
                        new ShellBlock.Step("false", ""),
                        new ShellBlock.Step("echo $?", "1\n"));
    }

    @Test
    void aBlockThatIsNotRunSaysWhy() {
        var blocks = ShellBlock.of(page("""
                <!-- not run: it needs
                another machine -->
                ```bash
                ssh there
                ```

                1. In a list:

                   ```bash
                   ls
                     -l
                   ```

                ```yaml
                a: b
                ```
                """));

        assertThat(blocks).extracting(ShellBlock::notRun).containsExactly("it needs\nanother machine", null);
        assertThat(blocks.get(1).text()).isEqualTo("ls\n  -l\n");
    }

    @Test
    void whatLooksLikeAShellAndIsCalledSomethingElseIsFound() {
        assertThat(ShellBlock.unnamed(page("```\n$ ls\n```\n\n```yaml\na: b\n```\n")))
                .containsExactly("$ ls\n");
    }
}
