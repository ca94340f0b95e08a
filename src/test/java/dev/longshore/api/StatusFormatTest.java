package dev.longshore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusFormatTest {
    @ParameterizedTest
    @CsvSource({
        "2030-01-01T00:00:00Z, 2030-01-01T00:00:00Z",
        "2030-01-01T00:00:00.5Z, 2030-01-01T00:00:00.5Z",
        "2030-01-01T02:00:00.123456789+02:00, 2030-01-01T00:00:00.123456789Z",
        "2030-01-01T02:00:00.1234567891234+02:00, 2030-01-01T00:00:00.123456789Z",
        "2030-01-01T00:00:00.9999999999Z, 2030-01-01T00:00:00.999999999Z",
    })
    void aTimeIsReadToTheNanosecond(String text, Instant time) {
        assertThat(StatusFormat.instant(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "tomorrow", "2030-01-01T00:00:00.1234567891", "1.5"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> StatusFormat.instant(text)).isInstanceOf(DateTimeParseException.class);
    }

    @Test
    void aLimitThatAnOlderVersionTookIsReadAsTheHighest() {
        assertThat(new RetryPolicy(Integer.MAX_VALUE, null, null, null).limit()).isEqualTo(1000);
        assertThat(new RetryPolicy(7, null, null, null).limit()).isEqualTo(7);
    }
}
