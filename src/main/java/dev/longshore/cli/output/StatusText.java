package dev.longshore.cli.output;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.StatusFormat;
import dev.longshore.cli.terminal.Terminal;
import dev.longshore.job.JobPhases;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How values of a status are printed. */
public final class StatusText {
    /** In place of the name of a template. */
    public static final String INLINE = "(inline)";

    private static final int KIBI = 1024;
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final int SHORT_ID = 12;

    private StatusText() {}

    /** Such as {@code Failed (NonZeroExit): exit code 3}. */
    public static String state(ContainerJob job) {
        var phase = JobPhases.of(job).toString();
        var status = job.getStatus();
        if (status == null || status.reason() == null) {
            return phase;
        }
        var reason = status.reason().value();
        return phase
                + (reason.equals(phase) ? "" : " (" + reason + ")")
                + (status.message() == null || status.message().isEmpty()
                        ? ""
                        : ": " + Terminal.line(status.message()));
    }

    /** Such as {@code 1.5GiB}; null for null. */
    static String bytes(Quantity quantity) {
        if (quantity == null) {
            return null;
        }
        return bytes(Quantity.getAmountInBytes(quantity).doubleValue());
    }

    /** Such as {@code 1.5GiB}; null for null. */
    static String bytes(Long number) {
        return number == null ? null : bytes(number.doubleValue());
    }

    private static String bytes(double number) {
        var bytes = number;
        var unit = 0;
        while (bytes >= KIBI && unit < UNITS.size() - 1) {
            bytes /= KIBI;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f%s", bytes, UNITS.get(unit)).replace(".0", "");
    }

    /** As docker prints the ID of a container or an image; null for null. */
    static String shortId(String id) {
        return id == null || id.length() < SHORT_ID ? id : id.substring(0, SHORT_ID);
    }

    /** Such as {@code 1m2.5s}; null for null. */
    public static String seconds(Double seconds) {
        return seconds == null ? null : StatusFormat.duration(Duration.ofMillis(Math.round(1000 * seconds)));
    }
}
