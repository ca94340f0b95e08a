package dev.longshore.docker.dockerjava;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EntryTimesTest {
    private final EntryTimes times = new EntryTimes();

    private Instant parse(String time) {
        var entry = (time + " text").getBytes(US_ASCII);
        return times.parse(entry, EntryTimes.end(entry));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05.123456789Z",
                "2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05.5Z",
                "2026-01-02T03:04:05.000000001Z",
                "2026-01-02T03:04:05.5+02:00",
                "1969-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00Z"
            })
    void eachTimeIsParsedAsTheStandardLibraryDoes(String time) {
        assertThat(parse(time)).isEqualTo(Instant.parse(time));
        assertThat(parse(time)).isEqualTo(Instant.parse(time));
    }

    @Test
    void alsoOneAfterTheOther() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var number = 0; number < 10_000; number++) {
            var time = Instant.ofEpochSecond(random.nextInt(3), random.nextInt(1_000_000_000))
                    .toString();
            assertThat(parse(time)).as("seed %d", seed).isEqualTo(Instant.parse(time));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05.1x3Z",
                "2026-01-02T03:04:05.1234567890Z",
                "2026-01-02T03:04:05,5Z",
                "2026-01-02T03:04:05",
                "",
                "Z"
            })
    void whatIsNoTimeIsRefusedAlsoAfterOneOfTheSameSecond(String text) {
        parse("2026-01-02T03:04:05.5Z");

        assertThatThrownBy(() -> parse(text)).isInstanceOf(DateTimeParseException.class);
    }
}
