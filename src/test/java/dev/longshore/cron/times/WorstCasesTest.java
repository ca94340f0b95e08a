package dev.longshore.cron.times;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What takes the longest takes some tens of microseconds. The limits are many times that, for machines that do much else. */
class WorstCasesTest {
    private static final Duration MOST = Duration.ofMillis(1);
    private static final Duration MOST_FOR_MANY = Duration.ofMillis(20);
    private static final int ROUNDS = 200;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0 0 29 2 *        | Etc/UTC           | 2096-02-29T00:00:00Z
                    0 0 29 2 *        | Europe/Berlin     | 2096-03-01T00:00:00Z
                    0 */24 29 2 *     | Africa/Casablanca | 2084-03-01T00:00:00Z
                    * * 29 2 *        | Pacific/Apia      | 1896-03-01T00:00:00Z
                    59 23 31 12 6     | America/New_York  | 2026-01-03T05:00:00Z
                    0 0 31 12 *       | Europe/Berlin     | 2026-12-31T00:00:00Z
                    30 2 * * *        | Europe/Berlin     | 2026-10-25T01:00:00Z
                    * * * * *         | Europe/Berlin     | 2026-10-25T01:00:00Z
                    0 * 30 12 *       | Pacific/Apia      | 2011-01-01T00:00:00Z
                    0 0 29 2 *        | Etc/UTC           | -1000000000-01-01T00:00:00Z
                    0 0 29 2 *        | Europe/Berlin     | +1000000000-12-31T00:00:00Z
                    """)
    void eachCallIsBounded(String text, String zone, Instant after) {
        var schedule = Schedule.parse(text, zone);

        assertWithin(MOST, "parse " + text, () -> Schedule.parse(text, zone));
        assertWithin(MOST, "next of " + text + " in " + zone, () -> schedule.next(after));
        assertWithin(MOST_FOR_MANY, "newest of " + text, () -> schedule.newest(after, Instant.MAX));
        assertWithin(MOST_FOR_MANY, "period of " + text, () -> schedule.period(after));
        assertWithin(MOST_FOR_MANY, "count 100 of " + text, () -> schedule.count(after, Instant.MAX, 100));
    }

    /** As many items, digits and separators as a text may have, and what is longer. */
    @ParameterizedTest
    @CsvSource({"'*,',1", "',',1", "'0/1,',1", "'0-59/1,',1", "'*/',1", "'0',1", "'-',1", "'a',1", "'? ',1", "'*',10000"
    })
    void aRefusalIsBounded(String part, int times) {
        var text = part.repeat(256 / part.length() * times);

        assertWithin(
                Duration.ofMillis(20),
                "refuse " + part,
                () -> assertThatThrownBy(() -> Schedule.parse(text, "UTC"))
                        .isInstanceOf(InvalidScheduleException.class));
    }

    /** The mean, after as many rounds for the compiler. */
    private static void assertWithin(Duration most, String description, Runnable call) {
        for (int round = 0; round < ROUNDS; round++) {
            call.run();
        }
        var start = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            call.run();
        }
        var mean = Duration.ofNanos((System.nanoTime() - start) / ROUNDS);
        assertThat(mean).as(description).isLessThan(most);
    }
}
