package dev.longshore.cli.output;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobStatus;
import dev.longshore.api.StatusFormat;
import dev.longshore.cron.times.Schedule;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When a schedule is due next, as it is printed: RFC 3339 in the time zone of the schedule. */
public final class NextTimes {
    private NextTimes() {}

    /** The last scheduled time, if the clock was set back since: until then, nothing is due. */
    public static Optional<Instant> lastIfLater(ContainerCronJob cron, Instant now) {
        return Optional.ofNullable(cron.getStatus())
                .map(ContainerCronJobStatus::lastScheduleTime)
                .map(StatusFormat::instant)
                .filter(now::isBefore);
    }

    /**
     * The next ones that are not done, whether or not it is suspended; fewer than {@code most} only at the end of time.
     *
     * @throws IllegalArgumentException if the schedule or its time zone is invalid, with the reason
     */
    public static List<String> of(ContainerCronJob cron, Instant after, int most) {
        var schedule = Schedule.parse(cron.getSpec().schedule(), cron.getSpec().timeZone());
        var done = lastIfLater(cron, after).orElse(after);
        return Stream.iterate(schedule.next(done), Optional::isPresent, time -> schedule.next(time.get()))
                .limit(most)
                .map(time -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(schedule.local(time.get())))
                .toList();
    }

    /** The same as cells of a table: of a suspended one there are none, and of an invalid one there is the reason. */
    static List<String> cells(ContainerCronJob cron, Instant after, int most) {
        try {
            var times = of(cron, after, most);
            return cron.getSpec().suspend() || times.isEmpty() ? List.of("-") : times;
        } catch (IllegalArgumentException e) {
            return List.of("<invalid: " + e.getMessage() + ">");
        }
    }

    /**
     * The same as a line about a valid one, such as {@code ContainerCronJob default/nightly: next times: …}.
     *
     * @throws IllegalArgumentException if the schedule or its time zone is invalid, with the reason
     */
    public static String line(ContainerCronJob cron, Instant after, int most) {
        var metadata = cron.getMetadata();
        return cron.getKind() + " " + metadata.getNamespace() + "/" + metadata.getName()
                + (cron.getSpec().suspend() ? " (suspended)" : "")
                + of(cron, after, most).stream().collect(Collectors.joining(", ", ": next times: ", ""));
    }
}
