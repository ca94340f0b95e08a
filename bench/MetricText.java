/** Prometheus's text format. */
final class MetricText {
    private MetricText() {}

    /** The sum over all series of a metric. */
    static double sum(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
