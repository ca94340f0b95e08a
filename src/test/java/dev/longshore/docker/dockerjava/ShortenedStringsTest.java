package dev.longshore.docker.dockerjava;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortenedStringsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static String shortened(String json) throws IOException {
        try (var stream = new ShortenedStrings(new ByteArrayInputStream(json.getBytes(UTF_8)), 8)) {
            return new String(stream.readAllBytes(), UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"12345678\": \"12345678\"}   | {\"12345678\": \"12345678\"}",
                "{\"123456789\": [\"abcdefghi\"]} | {\"12345678\": [\"abcdefgh\"]}",
                "\"1234567ü9\"                  | \"1234567ü\"",
                "\"12345678\\\"90\\\\\"          | \"12345678\"",
                "\"1234567\\\"90\"              | \"1234567\\\"\"",
                "\"12345\\u00fc9\"              | \"12345\\u00fc\"",
                "\"1234567\\u00fc9\"            | \"1234567\\u00fc\"",
                "[1234567890, true]            | [1234567890, true]",
            })
    void cutsStringsAndNamesOnly(String json, String expected) throws IOException {
        assertThat(shortened(json)).isEqualTo(expected);
    }

    /** Wherever the cut falls among characters of one to four bytes and escapes of all kinds, it is JSON. */
    @Test
    void whatIsLeftIsJson() throws IOException {
        for (var part : List.of("ü", "€", "😀", "\\\"", "\\\\", "\\u20ac", "\\n", "x")) {
            for (var before = 0; before < 10; before++) {
                var string = "\"" + "a".repeat(before) + part.repeat(9) + "\"";
                var left = JSON.readTree(shortened("{" + string + ": " + string + "}"));
                var name = left.fieldNames().next();
                assertThat(name).isEqualTo(left.elements().next().textValue()).hasSizeBetween(1, 9);
                assertThat(JSON.readTree(string).textValue()).startsWith(name);
            }
        }
    }
}
