package dev.longshore.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A name is a text, whatever YAML takes it for. */
class ChartTextsTest {
    private static final String VALUES = """
            replicaCount: 2
            nameOverride: "NAME"
            fullnameOverride: "NAME"
            watchNamespaces: ["NAME"]
            imagePullSecrets: [{name: "NAME"}]
            serviceAccount: {name: "NAME", annotations: {a: "NAME"}}
            priorityClassName: "NAME"
            podLabels: {a: "NAME"}
            podAnnotations: {a: "NAME"}
            nodeSelector: {a: "NAME"}
            extraArgs: ["NAME"]
            extraEnv: [{name: A, value: "NAME"}]
            image: {tag: "NAME"}
            metrics:
              prometheusRule: {enabled: true, labels: {a: "NAME"}}
              dashboard: {enabled: true, labels: {a: "NAME"}}
            podDisruptionBudget: {enabled: true}
            networkPolicy: {enabled: true}
            """;

    @ParameterizedTest
    @ValueSource(strings = {"123", "1e3", "0x10", "0o17", "0b1", "true", "null", "yes", "on", "2024-01-01", "1-2"})
    void aNameLikeANumberStaysAText(String name) {
        assertThat(types(name)).isEqualTo(types("plain"));
    }

    @Test
    void aServiceCannotHaveANameThatBeginsWithADigit() {
        assertThatThrownBy(() -> Chart.render("fullnameOverride: \"1a\"\nmetrics: {serviceMonitor: {enabled: true}}"))
                .hasMessageContaining("fullnameOverride");
    }

    /** What each field of a release by that name is. */
    private static Map<String, JsonNodeType> types(String name) {
        var types = new TreeMap<String, JsonNodeType>();
        try {
            var manifests = new YAMLMapper()
                    .readerFor(JsonNode.class)
                    .<JsonNode>readValues(Chart.text(name, name, VALUES.replace("NAME", name)))
                    .readAll();
            for (int i = 0; i < manifests.size(); i++) {
                collect(Integer.toString(i), manifests.get(i), types);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return types;
    }

    private static void collect(String path, JsonNode value, Map<String, JsonNodeType> types) {
        types.put(path, value.getNodeType());
        value.properties().forEach(field -> collect(path + "." + field.getKey(), field.getValue(), types));
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                collect(path + "[" + i + "]", value.get(i), types);
            }
        }
    }
}
