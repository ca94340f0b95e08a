/** Prometheus's text format. */
final class MetricText {
    private MetricText() {}

    /** The sum over all series of a metric whose labels contain a text. */
    static double sum(String text, String name, String labels) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(labels))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
