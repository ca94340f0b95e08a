import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was measured, for bench/plot.py: appended to {@code target/bench-results/NAME.csv}, each line with the time at which the
 * run began, so that a later run does not overwrite an earlier one.
 */
final class Results {
    private static final Path FOLDER = Path.of("target", "bench-results");
    private static final String RUN =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

    private final Path file;

    Results(String name, String... columns) throws IOException {
        file = Files.createDirectories(FOLDER).resolve(name + ".csv");
        var header = "run," + String.join(",", columns);
        if (!Files.exists(file) || !Files.readAllLines(file).get(0).equals(header)) {
            Files.writeString(file, header + "\n");
        }
    }

    void add(Object... values) throws IOException {
        append(Arrays.stream(values).map(Results::text).collect(Collectors.joining(",")));
    }

    /** A line for each of many figures of the same kind. */
    void addEach(List<Long> figures, Object... same) throws IOException {
        var prefix = Arrays.stream(same).map(Results::text).collect(Collectors.joining(","));
        append(figures.stream().map(figure -> prefix + "," + figure).collect(Collectors.joining("\n" + RUN + ",")));
    }

    private void append(String lines) throws IOException {
        Files.write(
                file,
                (RUN + "," + lines + "\n").getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static String text(Object value) {
        return value instanceof Double number ? String.format(java.util.Locale.ROOT, "%.3f", number) : value.toString();
    }
}
