package dev.longshore.docker.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30), new Random(1));

    @Test
    void doublesUpToItsLongestWaitWithinAFifth() {
        for (var seconds : new double[] {0.5, 1, 2, 4, 8, 16, 30, 30}) {
            var millis = Math.round(seconds * 1000);
            assertThat(backoff.next())
                    .isBetween(Duration.ofMillis(millis * 8 / 10), Duration.ofMillis(millis * 12 / 10));
        }
    }

    @Test
    void neverOverflows() {
        assertThat(Stream.generate(backoff::next).limit(10_000).skip(10))
                .allSatisfy(wait -> assertThat(wait).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(36)));
    }

    @Test
    void beginsAgainAfterASuccess() {
        Stream.generate(backoff::next).limit(5).forEach(wait -> assertThat(wait).isPositive());
        backoff.reset();
        assertThat(backoff.next()).isLessThan(Duration.ofMillis(601));
    }
}
