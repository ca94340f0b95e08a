package dev.longshore.django;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongStringsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            ["1234"]                   ~ ["1234"]
            ["12345", "1"]             ~ ["1234", "1"]
            {"12345": 123456}          ~ {"1234": 123456}
            ["123\\\\\\"5", "1"]       ~ ["123\\\\", "1"]
            ["\\"\\"\\"", "1"]         ~ ["\\"\\"", "1"]
            ["123\\u00e45", "1"]       ~ ["123\\u00e4", "1"]
            ["12345                    ~ ["1234
            """)
    void cutsWithoutBreakingAnEscape(String json, String kept) throws IOException {
        assertThat(read(new LongStrings(new StringReader(json), 4))).isEqualTo(kept);
    }

    @Test
    void knowsWhichWereCut() throws IOException {
        var strings = new LongStrings(new StringReader("[\"1\", \"12345\", \"1234\", \"56789\"]"), 4);
        read(strings);

        assertThat(strings.wasCut(1)).isFalse();
        assertThat(strings.wasCut(6)).isTrue();
        assertThat(strings.wasCut(7)).isTrue();
        assertThat(strings.wasCut(14)).isFalse();
        assertThat(strings.wasCut(22)).isTrue();
    }

    private static String read(LongStrings strings) throws IOException {
        var text = new StringWriter();
        strings.transferTo(text);
        return text.toString();
    }
}
