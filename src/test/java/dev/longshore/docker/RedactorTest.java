package dev.longshore.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RedactorTest {
    @Test
    void replacesEveryOccurrence() {
        assertThat(Redactor.of(List.of("hunter2")).redact("hunter2, hunter2hunter2 and Hunter2"))
                .isEqualTo("***, ****** and Hunter2");
    }

    @Test
    void leavesShortValuesAlone() {
        assertThat(Redactor.of(List.of("", "a", "abc")).redact("abc a")).isEqualTo("abc a");
        assertThat(Redactor.of(List.of("abcd")).redact("abcd")).isEqualTo("***");
    }

    @Test
    void replacesEachLineOfAValueWithSeveral() {
        assertThat(Redactor.of(List.of("first line\r\nno\nsecond line\n")).redact("second line, first line, no"))
                .isEqualTo("***, ***, no");
    }

    @Test
    void aLongerValueGoesBeforeOneInsideIt() {
        assertThat(Redactor.of(List.of("pass", "password", "my password")).redact("my password password pass"))
                .isEqualTo("*** *** ***");
    }

    @Test
    void nothingIsLeftOfValuesThatOverlap() {
        var redactor = Redactor.of(List.of("abcdef", "defghi", "zzzz"));
        assertThat(redactor.redact("<abcdefghi> <zzzzzzzzzz>")).isEqualTo("<***> <***>");
    }

    @Test
    void whatOnlyBeginsAsAValueStays() {
        var redactor = Redactor.of(List.of("abcabd", "bcab-"));
        assertThat(redactor.redact("abcabcabd bcab abcab")).isEqualTo("abc*** bcab abcab");
        assertThat(redactor.redact("abcab-")).isEqualTo("a***");
    }

    @Test
    void aValueThatIsNoTextIsMaskedAsItIsAndAsItIsRead() {
        var value = new byte[] {'p', (byte) 0xe4, 's', 's', 'w', 'o', 'r', 'd'};
        var redactor = Redactor.ofBytes(List.of(value));
        assertThat(redactor.redact(new String(value, java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo("***");
        var tail = new LogTailBuffer(redactor, 100);
        tail.append(value);
        assertThat(tail.finish(false).text()).isEqualTo("***");
    }

    @Test
    void aValueThatWasCutAtTheEndOfAMessageIsMaskedToo() {
        var redactor = Redactor.of(List.of("hunter2"));
        assertThat(redactor.redact("no: hunt…")).isEqualTo("no: ***…");
        assertThat(redactor.redact("no: hun…")).isEqualTo("no: hun…");
        assertThat(redactor.redact("no: hunter2hunte…")).isEqualTo("no: ******…");
        assertThat(redactor.redact("no: hunt")).isEqualTo("no: hunt");
    }

    @Test
    void valuesAreNotPatterns() {
        assertThat(Redactor.of(List.of("a.c$1\\")).redact("abc$1\\ a.c$1\\")).isEqualTo("abc$1\\ ***");
    }

    @Test
    void printsNoValue() {
        assertThat(Redactor.of(List.of("hunter2"))).hasToString("Redactor[1 values]");
    }
}
