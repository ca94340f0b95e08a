package dev.longshore.cron.times;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvalidScheduleTest {
    private static final String FIELDS = "expected five (minute, hour, day of month, month, day of week)";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    61 * * * *                | minute 61 is out of range 0-59
                    0-61/2 * * * *            | minute 61 is out of range 0-59
                    75/2 * * * *              | minute 75 is out of range 0-59
                    0 24 * * *                | hour 24 is out of range 0-23
                    0 0 0 * *                 | day of month 0 is out of range 1-31
                    0 0 32 * *                | day of month 32 is out of range 1-31
                    0 0 * 13 *                | month 13 is out of range 1-12
                    0 0 * * 8                 | day of week 8 is out of range 0-7
                    30-10 * * * *             | minute "30-10" begins after its end
                    0 0 * * FRI-SUN           | day of week "FRI-SUN" begins after its end
                    0 0 * * 7-3               | day of week "7-3" begins after its end
                    */0 * * * *               | minute "*/0" has the step 0
                    0 1-5/0 * * *             | hour "1-5/0" has the step 0
                    , * * * *                 | minute "," has no value
                    TZ=UTC 0 0 * * *          | TZ= is not supported: set spec.timeZone
                    CRON_TZ=Asia/Tokyo 0 0 * * * | CRON_TZ= is not supported: set spec.timeZone
                    @every 1h                 | @every is not supported: use the five fields of cron, such as */30 * * * *
                    @reboot                   | @reboot is not supported: use the five fields of cron, such as */30 * * * *
                    @Daily                    | unknown macro "@Daily": expected one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually
                    @daily 5                  | unknown macro "@daily 5": expected one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually
                    0 0 30 2 *                | "0 0 30 2 *" never comes: February has no day 30
                    0 0 30,31 feb *           | "0 0 30,31 feb *" never comes: February has no day 30
                    * * 31 4,6,11 ?           | "* * 31 4,6,11 ?" never comes: April, June, November have no day 31
                    """)
    void isRefusedInTheWordsOfTheField(String schedule, String message) {
        assertRefused(schedule, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|no fields",
                "' '|no fields",
                "5|one field",
                "* * * *|four fields",
                "0 * * * * *|six fields",
                "0 * * * * * 2026|seven fields",
                "1 2 3 4 5 6 7 8|8 fields"
            })
    void anotherNumberOfFields(String schedule, String beginning) {
        assertRefused(schedule, beginning + ": " + FIELDS);
    }

    @ParameterizedTest
    @MethodSource("notValues")
    void whatIsNotAValue(String minute) {
        assertThatThrownBy(() -> Schedule.parse(minute + " * * * *", "UTC"))
                .isInstanceOf(InvalidScheduleException.class)
                .hasMessageStartingWith("minute \"")
                .hasMessageEndingWith("\" is not valid: expected *, a number, a range (a-b) or a step (*/n, a-b/n)");
    }

    static Stream<String> notValues() {
        return Stream.of("""
                a 1.5 -1 1- - 1-2-3 1-2- /5 */ */-5 */a 1/5/ */2/3 1-5/2/3 ** *5 5* *-5 1? ?? +5 0x1F ٣ １ L W 15W LW 1#2 L-3 1-L
                MON H $ % 99999999999999999999 */99999999999999999999 1;2 '1' \0 1\0 1_0""".split("\\s+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MON", "FOO", "JANUARY", "J", "JAN-", "JAN/FEB", "*/JAN", "1-5/JAN"})
    void whatIsNotAMonth(String month) {
        assertRefused(
                "0 0 1 " + month + " *",
                "month \"" + month
                        + "\" is not valid: expected *, a number, a name (JAN-DEC), a range (a-b) or a step (*/n, a-b/n)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MONDAY", "FOO", "MO", "JAN", "5L", "L", "FRI#2"})
    void whatIsNotADayOfWeek(String day) {
        assertRefused(
                "0 0 1 * " + day,
                "day of week \"" + day
                        + "\" is not valid: expected *, a number, a name (SUN-SAT), a range (a-b) or a step (*/n, a-b/n)");
    }

    @Test
    void aMessageIsOneShortLine() {
        assertRefused(
                "1\u0007\u202e\u200b\ud83d * * * *",
                "minute \"1????\" is not valid: expected *, a number, a range (a-b) or a step (*/n, a-b/n)");
        assertThatThrownBy(() -> Schedule.parse("1,".repeat(126) + "a".repeat(200), "UTC"))
                .hasMessage("\"" + "1,".repeat(31) + "1…\" is longer than 256 characters");
        assertThatThrownBy(() -> Schedule.parse("a".repeat(200) + " * * * *", "UTC"))
                .hasMessageStartingWith("minute \"" + "a".repeat(63) + "…\" is not valid: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    europe/berlin  | unknown time zone "europe/berlin": did you mean Europe/Berlin?
                    Berlin         | unknown time zone "Berlin": did you mean Europe/Berlin?
                    new york       | unknown time zone "new york": did you mean America/New_York?
                    'Asia/Tokyo '  | unknown time zone "Asia/Tokyo ": did you mean Asia/Tokyo?
                    """)
    void aSuggestion(String zone, String message) {
        assertUnknown(zone, message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Europe/Berln",
                "Local",
                "+02:00",
                "Z",
                "UTC+2",
                "GMT+02:00",
                "UT",
                "PST",
                "IST",
                "CTT",
                "SystemV/PST8",
                "/",
                "../../etc/passwd",
                "Europe",
                "Europe/",
                "é"
            })
    void notInTheDatabase(String zone) {
        assertUnknown(
                zone,
                "unknown time zone \"" + zone
                        + "\": expected a name of the IANA database such as Europe/Berlin or Etc/UTC");
    }

    @Test
    void aLongZoneIsCut() {
        assertUnknown(
                "Z".repeat(100_000),
                "unknown time zone \"" + "Z".repeat(63)
                        + "…\": expected a name of the IANA database such as Europe/Berlin or Etc/UTC");
    }

    private static void assertRefused(String schedule, String message) {
        assertThatThrownBy(() -> Schedule.parse(schedule, "Etc/UTC"))
                .isInstanceOf(InvalidScheduleException.class)
                .hasMessage(message);
    }

    private static void assertUnknown(String zone, String message) {
        assertThatThrownBy(() -> Schedule.parse("0 0 * * *", zone))
                .isInstanceOf(UnknownTimeZoneException.class)
                .hasMessage(message);
        assertThat(message).doesNotContain("\n");
    }
}
