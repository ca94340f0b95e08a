package dev.longshore.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The right-hand sides are what {@code kubectl label --local -o json} made of a manifest with the left-hand ones. */
class YamlScalarsTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "yes, true",
                "on, true",
                "y, true",
                "TRUE, true",
                "NO, false",
                "n, false",
                "off, false",
                "tRUE, \"tRUE\"",
                "~, null",
                "NULL, null",
                "nULL, \"nULL\""
            })
    void aWordMeansWhatItMeansToKubectl(String written, String json) {
        assertThat(YamlScalars.plain(written)).hasToString(json);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "5, 5",
                "+5, 5",
                "-5, -5",
                "-0, 0",
                "0777, 511",
                "0o17, 15",
                "0x1F, 31",
                "0b11, 3",
                "1_000, 1000",
                "08, 8",
                "1e3, 1000",
                "1., 1",
                "1.0, 1",
                "1.5, 1.5",
                ".5, 0.5",
                "1e-7, 1.0E-7",
                "1:30, \"1:30\"",
                "1E400, \"1E400\"",
                "2020-01-01, \"2020-01-01\"",
                "500m, \"500m\"",
                "-, \"-\"",
                "12345678901234567890, 1.2345678901234567E19"
            })
    void aNumberMeansWhatItMeansToKubectl(String written, String json) {
        assertThat(YamlScalars.plain(written)).hasToString(json);
    }
}
