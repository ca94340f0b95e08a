package dev.longshore.api;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A manifest that the API server must refuse. With two documents the first is created and the second, an
 * update of it, is refused. The comments on top name each field that the refusal must name, and what it says.
 */
record Refusal(String name, List<Cause> causes, List<GenericKubernetesResource> documents) {
    record Cause(String field, String message) {}

    private static final Path FOLDER = Path.of("src/test/resources/refused");

    static List<Refusal> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            var all = new ArrayList<Refusal>();
            for (Path file : files.sorted().toList()) {
                all.add(read(file));
            }
            return all;
        }
    }

    private static Refusal read(Path file) throws IOException {
        String text = Files.readString(file);
        List<String> fields = comments(text, "# field:");
        List<String> message = comments(text, "# says:");
        var causes = new ArrayList<Cause>();
        for (int i = 0; i < fields.size(); i++) {
            causes.add(new Cause(fields.get(i), message.get(i)));
        }
        return new Refusal(file.getFileName().toString(), causes, Manifests.read(text));
    }

    private static List<String> comments(String text, String prefix) {
        return text.lines()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
