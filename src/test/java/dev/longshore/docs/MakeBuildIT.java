package dev.longshore.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code make build}, of which whoever comes new sees the first minutes. */
class MakeBuildIT {
    @TempDir
    private Path folder;

    @Test
    void saysWhatItDoesAndCompilesNoTests() throws IOException, InterruptedException {
        var recipe = new Checkout(folder.resolve("longshore")).run("make -n build");

        assertThat(recipe.code()).as(recipe.text()).isZero();
        assertThat(recipe.text().lines().filter(line -> line.contains("mvnw")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("-Dmaven.test.skip=true")
                        .as("silent")
                        .doesNotContain(" -q"));
        assertThat(recipe.text().lines().filter(line -> line.startsWith("echo '==> ")))
                .hasSizeGreaterThanOrEqualTo(3);
    }
}
