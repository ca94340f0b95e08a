package dev.longshore.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CrdsTest {
    /** Helm and Kustomize take them from there: a link would be left out by tools that package from Git. */
    private static final Path CHART = Path.of("helm", "longshore", "crds");

    @Test
    void theCommittedDefinitionsAreThoseOfTheJavaTypes() throws IOException {
        Map<String, String> generated = Crds.files();
        if (Boolean.getBoolean("crds.write")) {
            write(Crds.FOLDER, generated);
            write(CHART, generated);
        }
        for (var folder : List.of(Crds.FOLDER, CHART)) {
            assertThat(committed(folder))
                    .as("%s and the types differ: ./mvnw test -Dtest=CrdsTest -Dcrds.write=true", folder)
                    .isEqualTo(generated);
        }
    }

    private static Map<String, String> committed(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        try (var paths = Files.list(folder)) {
            for (var path :
                    paths.filter(file -> file.toString().endsWith(".yaml")).toList()) {
                files.put(path.getFileName().toString(), Files.readString(path));
            }
        }
        return files;
    }

    private static void write(Path folder, Map<String, String> files) throws IOException {
        Files.createDirectories(folder);
        for (var file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
