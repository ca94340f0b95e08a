package dev.longshore.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedactorTest {
    @Test
    void replacesEveryOccurrence() {
        assertThat(Redactor.of(List.of("hunter2")).redact("hunter2, hunter2hunter2 and Hunter2"))
                .isEqualTo("***, ****** and Hunter2");
    }

    @Test
    void masksNoShortValues() {
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
    void whatWasCutAndOverlapsAnotherValueLeavesNothingOfEither() {
        var redactor = Redactor.of(List.of("abcdef", "defghijk", "abc-"));
        assertThat(redactor.redact("<abcdefgh…")).isEqualTo("<***…");
        assertThat(redactor.redact("<abcdefgh")).isEqualTo("<***gh");
    }

    @Test
    void aLongMessageIsCutAndNoValueWithIt() {
        var filler = "-".repeat(Redactor.LONGEST_MESSAGE - 4);
        assertThat(Redactor.of(List.of("hunter2")).redact(filler + "hunter2 and more"))
                .isEqualTo(filler + "***…");
    }

    @Test
    void aMessageTakesHardlyAnyMemoryHoweverManyLinesASecretHas() {
        var secret = IntStream.range(0, 200_000)
                .mapToObj(line -> line + "-secret-of-a-line")
                .collect(Collectors.joining("\n"));
        var redactor = Redactor.of(List.of(secret));
        assertThat(redactor.redact("no network 77777-secret-of-a-line: create it"))
                .isEqualTo("no network ***: create it");
        assertThat(redactor.isReady()).isFalse();
        redactor.makeReady();
        assertThat(redactor.isReady()).isTrue();
    }

    @Test
    void linesThatAreAllPartsOfAMessageAreMasked() {
        var lines = IntStream.range(4, 1500).mapToObj("a"::repeat).toList();
        assertThat(Redactor.of(lines).redact("b" + "a".repeat(4000) + "b")).isEqualTo("b***b");
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
