package dev.longshore.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
    @ParameterizedTest
    @CsvSource({
        "PT-2S, 0s",
        "PT0S, 0s",
        "PT119S, 119s",
        "PT2M, 2m",
        "PT2M1S, 2m1s",
        "PT10M59S, 10m",
        "PT179M, 179m",
        "PT3H, 3h",
        "PT3H5M, 3h5m",
        "PT8H59M, 8h",
        "PT47H, 47h",
        "P2D, 2d",
        "P3DT2H, 3d2h",
        "P8DT5H, 8d",
        "P729D, 729d",
        "P730D, 2y",
        "P800D, 2y70d",
        "P3000D, 8y"
    })
    void anAgeIsAsPreciseAsItIsShort(Duration age, String said) {
        assertThat(Ages.of(age)).isEqualTo(said);
    }

    @Test
    void whatHasNotBeenHasNoAge() {
        assertThat(Ages.since(null, Instant.now())).isEmpty();
    }
}
