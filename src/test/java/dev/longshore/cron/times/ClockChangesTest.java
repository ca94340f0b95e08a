package dev.longshore.cron.times;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of cron/clock-changes.txt. */
class ClockChangesTest {
    private static final Path TABLE = Path.of("src/test/resources/cron/clock-changes.txt");

    /** @param times with the offset of the zone at that time, so that the row can be read */
    record Row(String zone, String schedule, OffsetDateTime after, List<OffsetDateTime> times) {
        static Row of(String line) {
            var cells = line.split(" *\\| *");
            return new Row(
                    cells[0],
                    cells[1],
                    OffsetDateTime.parse(cells[2]),
                    Arrays.stream(cells[3].split(" "))
                            .map(OffsetDateTime::parse)
                            .toList());
        }

        Instant last() {
            return times.get(times.size() - 1).toInstant();
        }
    }

    static Stream<Row> rows() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Row::of);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void nextTimes(Row row) {
        var schedule = Schedule.parse(row.schedule(), row.zone());
        var zone = ZoneId.of(row.zone());
        var utc = row.times().stream().allMatch(time -> time.getOffset().getTotalSeconds() == 0);

        var times = new ArrayList<OffsetDateTime>();
        for (var time = row.after().toInstant(); times.size() < row.times().size(); ) {
            time = schedule.next(time).orElseThrow();
            times.add(
                    utc
                            ? time.atZone(ZoneOffset.UTC).toOffsetDateTime()
                            : time.atZone(zone).toOffsetDateTime());
        }

        assertThat(times).isEqualTo(row.times());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void newestAndCount(Row row) {
        var schedule = Schedule.parse(row.schedule(), row.zone());
        var after = row.after().toInstant();

        assertThat(schedule.count(after, row.last(), 100)).isEqualTo(row.times().size());
        assertThat(schedule.newest(after, row.last())).contains(row.last());
        assertThat(schedule.newest(after, row.last().plusSeconds(59))).contains(row.last());
        assertThat(schedule.newest(row.last(), row.last().plusSeconds(59))).isEmpty();
    }
}
