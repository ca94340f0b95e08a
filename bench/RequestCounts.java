import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** How many requests a stand-in daemon has received, by what they ask for. From any thread. */
final class RequestCounts {
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(HttpConnection.Request request) {
        counts.computeIfAbsent(kind(request), kind -> new LongAdder()).increment();
    }

    /** Such as {@code start} or {@code containers json}. */
    private static String kind(HttpConnection.Request request) {
        var parts = request.path().replaceFirst("^/v1\\.[0-9]+", "").split("/");
        var last = parts[parts.length - 1];
        return request.method().equals("DELETE") ? "remove" : last.equals("json") ? parts[1] + " json" : last;
    }

    long all() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    Map<String, Long> now() {
        var now = new TreeMap<String, Long>();
        counts.forEach((kind, number) -> now.put(kind, number.sum()));
        return now;
    }

    /** For each of so many jobs, since an earlier {@link #now()}. */
    String since(Map<String, Long> before, int jobs) {
        return now().entrySet().stream()
                .map(kind -> Map.entry(kind.getKey(), kind.getValue() - before.getOrDefault(kind.getKey(), 0L)))
                .filter(kind -> kind.getValue() > 0)
                .map(kind -> "%s %.2f".formatted(kind.getKey(), kind.getValue() / (double) jobs))
                .collect(Collectors.joining(", "));
    }
}
