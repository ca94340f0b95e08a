package dev.longshore.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReferencePagesTest {
    @Test
    void thePagesSayWhatTheDefinitionsSay() throws IOException {
        var generated = ReferencePages.all();
        if (Boolean.getBoolean("reference.write")) {
            for (var page : generated.entrySet()) {
                Files.writeString(ReferencePages.FOLDER.resolve(page.getKey()), page.getValue());
            }
        }
        assertThat(committed())
                .as("docs/reference and the CRDs differ: make reference")
                .isEqualTo(generated);
    }

    private static Map<String, String> committed() throws IOException {
        var pages = new TreeMap<String, String>();
        try (var paths = Files.list(ReferencePages.FOLDER)) {
            for (var path : paths.toList()) {
                pages.put(path.getFileName().toString(), Files.readString(path));
            }
        }
        return pages;
    }
}
