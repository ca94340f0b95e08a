package dev.longshore.cli.output;

import dev.longshore.api.ContainerCronJob;
import dev.longshore.api.ContainerCronJobStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a table says of schedules: a line each, and one more for each further time. */
public final class ScheduleColumns {
    private ScheduleColumns() {}

    /**
     * A line.
     *
     * @param cron null on those for further times
     */
    private record Row(ContainerCronJob cron, String time) {}

    /** @param times how many next times of each */
    public static Table table(
            Collection<ContainerCronJob> schedules, int times, Instant now, boolean wide, boolean allNamespaces) {
        var rows = schedules.stream().flatMap(cron -> rows(cron, times, now)).toList();
        return at(now).table(rows, wide, allNamespaces);
    }

    private static Stream<Row> rows(ContainerCronJob cron, int times, Instant now) {
        List<String> cells = NextTimes.cells(cron, now, times);
        return IntStream.range(0, cells.size()).mapToObj(index -> new Row(index == 0 ? cron : null, cells.get(index)));
    }

    private static Columns<Row> at(Instant now) {
        return new Columns<Row>()
                .addOfAllNamespaces("NAMESPACE", of(cron -> cron.getMetadata().getNamespace()))
                .add("NAME", of(cron -> cron.getMetadata().getName()))
                .add("SCHEDULE", of(cron -> cron.getSpec().schedule()))
                .add("TIMEZONE", of(cron -> cron.getSpec().timeZone()))
                .add("SUSPEND", of(cron -> cron.getSpec().suspend().toString()))
                .add("ACTIVE", of(ScheduleColumns::active))
                .add("LAST", ofStatus(status -> Ages.sinceOrTime(status.lastScheduleTime(), now)))
                .addWide("LAST-SUCCESS", ofStatus(status -> Ages.sinceOrTime(status.lastSuccessfulTime(), now)))
                .addWide(
                        "CONCURRENCY",
                        of(cron -> ResourcePrinter.value(cron.getSpec().concurrencyPolicy())))
                .addWide("READY", of(ScheduleColumns::ready))
                .addWide("AGE", of(cron -> Ages.of(cron, now)))
                .add("NEXT", Row::time);
    }

    private static String active(ContainerCronJob cron) {
        return cron.getStatus() == null
                ? "0"
                : String.valueOf(cron.getStatus().active().size());
    }

    /** Unknown: no operator has reconciled it yet. */
    static String ready(ContainerCronJob cron) {
        return Stream.ofNullable(cron.getStatus())
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.getType().equals("Ready"))
                .findFirst()
                .map(ScheduleColumns::state)
                .orElse("Unknown");
    }

    private static String state(Condition condition) {
        return condition.getStatus() + (condition.getStatus().equals("True") ? "" : " (" + condition.getReason() + ")");
    }

    private static Function<Row, String> of(Function<ContainerCronJob, String> cell) {
        return row -> row.cron() == null ? "" : cell.apply(row.cron());
    }

    private static Function<Row, String> ofStatus(Function<ContainerCronJobStatus, String> cell) {
        return of(cron -> cron.getStatus() == null ? "" : cell.apply(cron.getStatus()));
    }
}
