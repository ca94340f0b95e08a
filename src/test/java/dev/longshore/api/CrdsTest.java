package dev.longshore.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CrdsTest {
    @Test
    void theCommittedDefinitionsAreThoseOfTheJavaTypes() throws IOException {
        Map<String, String> generated = Crds.files();
        if (Boolean.getBoolean("crds.write")) {
            write(generated);
        }
        assertThat(committed())
                .as("crds/ and the types differ: ./mvnw test -Dtest=CrdsTest -Dcrds.write=true")
                .isEqualTo(generated);
    }

    private static Map<String, String> committed() throws IOException {
        var files = new TreeMap<String, String>();
        try (var paths = Files.list(Crds.FOLDER)) {
            for (var path : paths.toList()) {
                files.put(path.getFileName().toString(), Files.readString(path));
            }
        }
        return files;
    }

    private static void write(Map<String, String> files) throws IOException {
        Files.createDirectories(Crds.FOLDER);
        for (var file : files.entrySet()) {
            Files.writeString(Crds.FOLDER.resolve(file.getKey()), file.getValue());
        }
    }
}
