package dev.longshore.cron.times;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    private static final Instant NOW = Instant.parse("2026-11-26T18:30:15Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    * * * * *          | 2026-11-26T18:31:00Z
                    30 18 * * *        | 2026-11-27T18:30:00Z
                    31 18 * * *        | 2026-11-26T18:31:00Z
                    */20 * * * *       | 2026-11-26T18:40:00Z
                    */60 * * * *       | 2026-11-26T19:00:00Z
                    10/25 * * * *      | 2026-11-26T18:35:00Z
                    5,1,3 * * * *      | 2026-11-26T19:01:00Z
                    1,,3, * * * *      | 2026-11-26T19:01:00Z
                    0 0 1 * *          | 2026-12-01T00:00:00Z
                    0 0 31 * *         | 2026-12-31T00:00:00Z
                    0 0 29 2 *         | 2028-02-29T00:00:00Z
                    0 0 * * 7          | 2026-11-29T00:00:00Z
                    0 0 * * 0          | 2026-11-29T00:00:00Z
                    0 0 * * sUn        | 2026-11-29T00:00:00Z
                    0 0 * * 6-7        | 2026-11-28T00:00:00Z
                    0 0 * * 7/6        | 2026-11-28T00:00:00Z
                    0 0 * Jan-feb Mon  | 2027-01-04T00:00:00Z
                    0 0 13 * 5         | 2026-11-27T00:00:00Z
                    0 0 13 * ?         | 2026-12-13T00:00:00Z
                    0 0 ? * 5          | 2026-11-27T00:00:00Z
                    0 0 */1 * 2        | 2026-12-01T00:00:00Z
                    0 0 */9 * 2        | 2026-11-28T00:00:00Z
                    @hourly            | 2026-11-26T19:00:00Z
                    @daily             | 2026-11-27T00:00:00Z
                    @midnight          | 2026-11-27T00:00:00Z
                    @weekly            | 2026-11-29T00:00:00Z
                    @monthly           | 2026-12-01T00:00:00Z
                    @yearly            | 2027-01-01T00:00:00Z
                    @annually          | 2027-01-01T00:00:00Z
                    """)
    void nextInUtc(String schedule, Instant next) {
        assertThat(Schedule.parse(schedule, "Etc/UTC").next(NOW)).contains(next);
    }

    @Test
    void whiteSpaceIsOfAnyKind() {
        assertThat(Schedule.parse(" 30\t18  *\n*\u00a0*\n", "UTC").next(NOW))
                .contains(Instant.parse("2026-11-27T18:30:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-11-27T08:00:00Z",
        "America/New_York, 2026-11-27T14:00:00Z",
        "Asia/Kathmandu, 2026-11-27T03:15:00Z",
        "Pacific/Kiritimati, 2026-11-26T19:00:00Z",
        "EST, 2026-11-27T14:00:00Z"
    })
    void nextInZone(String zone, Instant next) {
        assertThat(Schedule.parse("0 9 * * *", zone).next(NOW)).contains(next);
    }

    @Test
    void newestIsTheLastOneUntilThenAndAfterTheOther() {
        var schedule = Schedule.parse("*/5 9-17 * * 1-5", "Europe/Berlin");
        var friday = Instant.parse("2026-11-27T16:55:00Z");

        assertThat(schedule.newest(NOW, Instant.parse("2026-11-29T20:00:00.5Z")))
                .contains(friday);
        assertThat(schedule.newest(friday.minusNanos(1), friday)).contains(friday);
        assertThat(schedule.newest(friday, Instant.parse("2026-11-29T20:00:00Z")))
                .isEmpty();
        assertThat(schedule.newest(NOW, NOW)).isEmpty();
        assertThat(schedule.newest(NOW, NOW.minusSeconds(86_400))).isEmpty();
        assertThat(schedule.newest(Instant.EPOCH, Instant.parse("2526-11-29T20:00:00Z")))
                .contains(Instant.parse("2526-11-29T16:55:00Z"));
    }

    @Test
    void countStopsAtTheMost() {
        var schedule = Schedule.parse("* * * * *", "UTC");

        assertThat(schedule.count(NOW, NOW.plusSeconds(600), 100)).isEqualTo(10);
        assertThat(schedule.count(NOW, NOW.plusSeconds(45), 100)).isEqualTo(1);
        assertThat(schedule.count(NOW, NOW.plusSeconds(44), 100)).isZero();
        assertThat(schedule.count(NOW, Instant.MAX, 100)).isEqualTo(100);
        assertThat(schedule.count(NOW, Instant.MAX, 0)).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    * * * * *         | 2026-11-26T18:30:00Z | PT1M
                    0,20 * * * *      | 2026-11-26T18:30:00Z | PT40M
                    0 * * * *         | 2026-11-26T18:30:00Z | PT1H
                    0 9 * * *         | 2026-03-28T18:30:00Z | PT24H
                    0 9 * * 1-5       | 2026-11-25T18:30:00Z | PT72H
                    */5 9-17 * * *    | 2026-11-25T18:30:00Z | PT15H5M
                    0 0 1 * *         | 2026-11-25T18:30:00Z | PT744H
                    0 0 29 2 *        | 2026-11-25T18:30:00Z | PT35064H
                    0 0 29 2 *        | 2099-11-25T18:30:00Z | PT70104H
                    0 9 * 1-11 *      | 2026-07-01T18:30:00Z | PT24H
                    0 9 * 1-11 *      | 2026-12-20T18:30:00Z | PT768H
                    0 9 * 1-11 *      | 2027-01-01T18:30:00Z | PT768H
                    """)
    void periodIsTheLongestOfThoseAround(String schedule, Instant at, Duration period) {
        assertThat(Schedule.parse(schedule, "Europe/Berlin").period(at)).isEqualTo(period);
    }

    /** None of these throws, and there is nothing after the last year of RFC 3339. */
    @Test
    void farAwayTimes() {
        for (var text : new String[] {"* * * * *", "0 0 29 2 *", "0 9 * * 1"}) {
            for (var zone : new String[] {"UTC", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Apia"}) {
                var schedule = Schedule.parse(text, zone);
                assertThat(schedule.next(Instant.MAX)).isEmpty();
                assertThat(schedule.next(Instant.parse("9999-12-31T00:00:00Z"))).isEmpty();
                assertThat(schedule.next(Instant.MIN)).isPresent();
                assertThat(schedule.newest(Instant.MIN, Instant.MAX)).isPresent();
                assertThat(schedule.count(Instant.MIN, Instant.MAX, 3)).isEqualTo(3);
                assertThat(schedule.period(Instant.MIN)).isZero();
                assertThat(schedule.period(Instant.MAX)).isZero();
                assertThat(schedule.period(Instant.parse("0001-01-01T00:00:00Z")))
                        .isPositive();
            }
        }
    }

    @Test
    void aLeapDayMayBeEightYearsAhead() {
        var schedule = Schedule.parse("0 0 29 2 *", "UTC");

        assertThat(schedule.next(Instant.parse("2096-02-29T00:00:00Z")))
                .contains(Instant.parse("2104-02-29T00:00:00Z"));
        assertThat(Schedule.parse("0 * 29 2 *", "Europe/Berlin").next(Instant.parse("2096-02-29T22:00:00Z")))
                .contains(Instant.parse("2104-02-28T23:00:00Z"));
    }
}
