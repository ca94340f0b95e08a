package dev.longshore.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is made from the chart and committed, and what the chart repeats. */
class ChartFilesTest {
    private static final Path README = Chart.FOLDER.resolve("README.md");
    private static final Path BASE = Path.of("helm", "kustomize", "base", "operator.yaml");
    private static final String BEGIN =
            "<!-- From values.yaml, by ./mvnw test -Dtest=ChartFilesTest -Dchart.write=true -->\n";
    private static final String END = "<!-- End of the values -->\n";

    private static void assertCommitted(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("chart.write")) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file))
                .as("%s is not what the chart makes it: ./mvnw test -Dtest=ChartFilesTest -Dchart.write=true", file)
                .isEqualTo(expected);
    }

    @Test
    void theReadmeSaysWhatTheValuesDo() throws IOException {
        var readme = Files.readString(README);
        var before = readme.substring(0, readme.indexOf(BEGIN) + BEGIN.length());
        var after = readme.substring(readme.indexOf(END));
        assertCommitted(README, before + ValuesTable.of(Files.readString(Chart.VALUES)) + after);
    }

    @Test
    void theKustomizeBaseIsTheChartWithItsDefaultValues() throws IOException {
        var manifests = Arrays.stream(Chart.text("longshore", "longshore", "").split("(?m)^---\\n"))
                .map(manifest -> manifest.lines()
                        .filter(line -> !line.startsWith("# Source:")
                                && !line.contains("helm.sh/chart:")
                                && !line.contains("app.kubernetes.io/managed-by:"))
                        .collect(Collectors.joining("\n"))
                        .strip())
                .filter(manifest -> !manifest.isEmpty())
                .collect(Collectors.joining("\n---\n"));
        assertCommitted(
                BASE, "# From the chart, by ./mvnw test -Dtest=ChartFilesTest -Dchart.write=true\n" + manifests + "\n");
    }

    @Test
    void chartAndOperatorHaveOneVersion() throws IOException {
        var chart = Chart.read(Chart.FOLDER.resolve("Chart.yaml"));
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<artifactId>longshore</artifactId>\n  <version>%s</version>"
                        .formatted(chart.path("appVersion").asText()));
        assertThat(chart.path("version")).isEqualTo(chart.path("appVersion"));
    }

    /** {@code helm show crds | kubectl apply} is how they are upgraded. */
    @Test
    void helmShowsTheVeryDefinitions() {
        assertThat(new Helm(Chart.FOLDER).show().crds().call().lines().filter(line -> line.startsWith("kind:")))
                .hasSize(4)
                .containsOnly("kind: CustomResourceDefinition");
    }
}
