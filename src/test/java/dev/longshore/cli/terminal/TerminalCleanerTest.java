package dev.longshore.cli.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalCleanerTest {
    private static String whole(byte[] text) {
        return new String(new TerminalCleaner().clean(text), UTF_8);
    }

    private static String byteByByte(byte[] text) {
        var cleaner = new TerminalCleaner();
        var out = new ByteArrayOutputStream();
        for (var i = 0; i < text.length; i++) {
            out.writeBytes(cleaner.clean(Arrays.copyOfRange(text, i, i + 1)));
        }
        return out.toString(UTF_8);
    }

    private static void assertCleaned(String text, String expected) {
        assertThat(whole(text.getBytes(UTF_8))).isEqualTo(expected);
        assertThat(byteByByte(text.getBytes(UTF_8))).isEqualTo(expected);
    }

    @Test
    void textOfAnyLanguageStays() {
        assertCleaned("plain\ttext\näöü 漢字 😀\n", "plain\ttext\näöü 漢字 😀\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[31m",
                "\u001b[38;5;1m",
                "\u001b[?25l",
                "\u001b[2J\u001b[H",
                "\u001b[ q",
                "\u009b31m",
                "\u001b]0;title\u0007",
                "\u001b]8;;http://example.com\u001b\\",
                "\u009d0;title\u009c",
                "\u001bP1$r0m\u001b\\",
                "\u001b_payload\u001b\\",
                "\u001b(B",
                "\u001bc",
                "\u001b7",
                "\u001b\u001b[1m",
                "\u0007",
                "\b",
                "\r",
                "\0",
                "\u007f",
                "\u0085"
            })
    void aControlSequenceIsTakenOut(String sequence) {
        assertCleaned("a" + sequence + "b\n", "ab\n");
    }

    @Test
    void aSequenceThatIsBrokenOffHidesNothing() {
        assertCleaned("\u001b[31\nred\n", "\nred\n");
        assertCleaned("\u001b]0;never ended\nnext\n", "\nnext\n");
        assertCleaned("\u001b\nnext\n", "\nnext\n");
        assertCleaned("\u001b[12ärger\n", "ärger\n");
    }

    @Test
    void bytesThatAreNoTextAreReplaced() {
        assertThat(whole(new byte[] {'a', (byte) 0xff, (byte) 0x9b, '3', '1', 'm', '\n'}))
                .isEqualTo("a\uFFFD\uFFFD31m\n");
    }

    @Test
    @Timeout(10)
    void aLineOfSpacesTakesNoMoreWorkThanAnother() {
        var spaces = " ".repeat(400_000);
        assertThat(Terminal.line("a" + spaces + "b")).isEqualTo("a" + spaces + "b");
        assertThat(Terminal.line("a  \n\t b")).isEqualTo("a b");
        assertThat(Terminal.line("\n a \t")).isEqualTo(" a");
    }
}
