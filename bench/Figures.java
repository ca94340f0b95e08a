import java.util.List;
import java.util.Locale;

/** Medians, ranges and percentiles of what was measured. */
final class Figures {
    private Figures() {}

    static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    /** The median and in brackets the range, such as {@code 8.0 (7.9 to 8.4)}. */
    static String range(List<Double> figures, int digits) {
        var sorted = figures.stream().sorted().toList();
        var number = "%." + digits + "f";
        return String.format(
                Locale.ROOT,
                number + " (" + number + " to " + number + ")",
                median(figures),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }

    /** @param percent from 0 to 99; -1 where nothing was measured */
    static long percentile(List<Long> figures, int percent) {
        var sorted = figures.stream().sorted().toList();
        return sorted.isEmpty() ? -1 : sorted.get(sorted.size() * percent / 100);
    }

    static String percentiles(List<Long> millis) {
        return "%d ms, %d ms".formatted(percentile(millis, 50), percentile(millis, 99));
    }
}
