import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Processor time of this process and its children, by the name of their program. */
final class Processors {
    private Processors() {}

    static Map<String, Duration> used() {
        var used = new TreeMap<String, Duration>();
        var self = ProcessHandle.current();
        used.put("bench, with the stand-in", self.info().totalCpuDuration().orElse(Duration.ZERO));
        self.descendants().forEach(child -> {
            var program = child.info()
                    .command()
                    .map(path -> Path.of(path).getFileName().toString());
            used.merge(
                    program.filter(name -> !name.equals("java")).orElse("operator"),
                    child.info().totalCpuDuration().orElse(Duration.ZERO),
                    Duration::plus);
        });
        return used;
    }

    /** Processor time that all programs of this machine have used, in milliseconds. */
    static long machineMillis() throws java.io.IOException {
        var fields = java.nio.file.Files.readAllLines(Path.of("/proc/stat"))
                .get(0)
                .trim()
                .split(" +");
        var busy = 0L;
        for (var field : new int[] {1, 2, 3, 6, 7}) {
            busy += Long.parseLong(fields[field]);
        }
        return busy * 10;
    }

    /** What was used since, in milliseconds for each of so many. */
    static String since(Map<String, Duration> before, int number) {
        var text = new StringBuilder();
        used().forEach((program, time) -> text.append("%s%s %.1f"
                .formatted(
                        text.isEmpty() ? "" : ", ",
                        program,
                        time.minus(before.getOrDefault(program, Duration.ZERO)).toNanos() / 1e6 / number)));
        return text.toString();
    }
}
