package dev.longshore.cron.times;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Away from clock changes the times are those of robfig/cron, which Kubernetes uses; see src/test/go/crontable. */
class RobfigTest {
    private static final Path FOLDER = Path.of("src/test/resources/cron");
    private static final Duration FAR = Duration.ofDays(1);

    /** What robfig/cron refuses and we do not: 7 is Sunday, as for every other cron. */
    private static final List<String> ALSO_READ = List.of("* * * * 7", "* * * * 0-7", "* * * * 5-7", "* * * * 7/2");

    /** What we refuse and robfig/cron does not, and why. */
    private static final Map<String, String> ALSO_REFUSED = Map.ofEntries(
            Map.entry("@every 1h", "@every is not supported"),
            Map.entry("@every 90s", "@every is not supported"),
            Map.entry("TZ=UTC 0 0 * * *", "TZ= is not supported"),
            Map.entry("TZ=Europe/Berlin @daily", "TZ= is not supported"),
            Map.entry("CRON_TZ=Asia/Tokyo 0 0 * * *", "CRON_TZ= is not supported"),
            Map.entry("0 0 30 2 *", "never comes"),
            Map.entry("0 0 31 4,6,9,11 *", "never comes"),
            Map.entry("0 0 30,31 FEB *", "never comes"),
            Map.entry(", * * * *", "has no value"), // Never comes, either.
            Map.entry(",, * * * *", "has no value"),
            Map.entry("*-5 * * * *", "is not valid"), // Read as *, whatever comes after it.
            Map.entry("?-x * * * *", "is not valid"),
            Map.entry("*-5/7 * * * *", "is not valid"),
            Map.entry("+5 * * * *", "is not valid"), // Not a number in any cron's documentation.
            Map.entry("*/+5 * * * *", "is not valid"),
            Map.entry("*/9999999999 * * * *", "is not valid")); // Longer than nine digits.

    /**
     * Times near a clock change that robfig/cron misses within a row, so that its next one is a week later. It walks from
     * midnight by full hours: on 2 April 2028, when the clock goes back by half an hour in the night, it comes to 09:30, and
     * past 09:00.
     */
    private static final Map<String, List<String>> EXPLAINED = Map.of(
            "Australia/Lord_Howe from 2028-02-27T23:58:30Z",
            List.of(
                    "0 9 * * SUN: 2028-04-01T22:30:00Z instead of 2028-04-08T22:30:00Z",
                    "0 9 * * */7: 2028-04-01T22:30:00Z instead of 2028-04-08T22:30:00Z",
                    "5 4 * * 0: 2028-04-01T17:35:00Z instead of 2028-04-08T17:35:00Z"));

    /** The rows of one zone and start. */
    record Block(String zone, Instant start, List<Row> rows) {
        @Override
        public String toString() {
            return zone + " from " + start;
        }
    }

    /** @param minutes from the start's minute to the first time, and from each to the next */
    record Row(String schedule, List<Integer> minutes) {}

    static Stream<Block> blocks() throws IOException {
        var blocks = new ArrayList<Block>();
        for (var line : Files.readAllLines(FOLDER.resolve("robfig-times.txt"))) {
            var cells = line.split(line.startsWith("#") ? " " : " \\|", -1);
            if (line.startsWith("#")) {
                blocks.add(new Block(cells[1], Instant.parse(cells[2]), new ArrayList<>()));
            } else {
                var minutes = Stream.of(cells[1].split(" "))
                        .filter(each -> !each.isEmpty())
                        .map(Integer::valueOf)
                        .toList();
                blocks.get(blocks.size() - 1).rows().add(new Row(cells[0], minutes));
            }
        }
        return blocks.stream();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void theSameTimes(Block block) {
        var zone = ZoneId.of(block.zone());
        var different = new ArrayList<String>();
        for (var row : block.rows()) {
            var schedule = Schedule.parse(row.schedule(), block.zone());
            var expected = block.start().truncatedTo(ChronoUnit.MINUTES);
            var actual = block.start();
            for (int minutes : row.minutes()) {
                expected = expected.plus(minutes, ChronoUnit.MINUTES);
                actual = schedule.next(actual).orElseThrow();
                assertThat(isFar(expected, zone))
                        .as("%s: %s is away from clock changes", zone, expected)
                        .isTrue();
                if (!actual.equals(expected)) {
                    different.add("%s: %s instead of %s".formatted(row.schedule(), actual, expected));
                    break;
                }
            }
        }

        assertThat(different).isEqualTo(EXPLAINED.getOrDefault(block.toString(), List.of()));
    }

    @Test
    void theTableHas200SchedulesIn10Zones() throws IOException {
        var times = new HashSet<String>();
        blocks().forEach(block -> block.rows().stream()
                .filter(row -> !row.minutes().isEmpty())
                .forEach(row -> times.add(row.schedule() + " in " + block.zone())));

        assertThat(times).hasSize(200 * 10);
    }

    private static boolean isFar(Instant time, ZoneId zone) {
        var before = zone.getRules().previousTransition(time);
        var after = zone.getRules().nextTransition(time);
        return (before == null || before.getInstant().isBefore(time.minus(FAR)))
                && (after == null || after.getInstant().isAfter(time.plus(FAR)));
    }

    static Stream<List<String>> verdicts() throws IOException {
        return Files.readAllLines(FOLDER.resolve("robfig-verdicts.txt")).stream()
                .map(line -> List.of(line.split(" \\| ", 2)));
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void theSameTextsAreRefused(List<String> verdict) {
        var text = verdict.get(1);
        var accepted = verdict.get(0).equals("accepted");
        if (accepted ? ALSO_REFUSED.containsKey(text) : !ALSO_READ.contains(text)) {
            assertThatThrownBy(() -> Schedule.parse(text, "Etc/UTC"))
                    .isInstanceOf(InvalidScheduleException.class)
                    .hasMessageContaining(ALSO_REFUSED.getOrDefault(text, ""));
        } else {
            assertThatCode(() -> Schedule.parse(text, "Etc/UTC")).doesNotThrowAnyException();
        }
    }
}
