package dev.longshore.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart's values may be. */
class ChartSchemaTest {
    private static final JsonNode SCHEMA = Chart.read(Chart.FOLDER.resolve("values.schema.json"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replicas: 2",
                "replicaCount: -1",
                "replicaCount: two",
                "image: {name: a}",
                "image: {repository: 'a b'}",
                "image: {tag: 'a:b'}",
                "image: {digest: 'sha256:0'}",
                "image: {pullPolicy: Sometimes}",
                "imagePullSecrets: [a]",
                "nameOverride: Ship",
                "fullnameOverride: a_b",
                "watchNamespaces: a",
                "watchNamespaces: [a, a]",
                "watchNamespaces: [A]",
                "extraArgs: [1]",
                "extraArgs: --verbose",
                "extraEnv: [{value: a}]",
                "hostSocket: {path: /var/run/docker.sock}",
                "hostSocket: {groups: [docker]}",
                "hostSocket: {groups: [-1]}",
                "resources: {request: {}}",
                "nodeSelector: {a: 1}",
                "tolerations: {}",
                "affinity: []",
                "priorityClassName: 1",
                "podLabels: {a: true}",
                "podAnnotations: []",
                "tracing: {endpoint: 'collector:4318'}"
            })
    void aWrongValueOfTheDeploymentIsRefusedByName(String values) {
        assertRefusedByName(values);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logArchive: {url: 's3://logs'}",
                "logArchive: {uri: /logs}",
                "logArchive: {uri: 's3://user:password@logs'}",
                "logArchive: {uri: 'file://logs'}",
                "logArchive: {uri: 's3://logs', endpoint: 'minio:9000'}",
                "logArchive: {uri: 's3://logs', region: 'eu 1'}",
                "logArchive: {uri: 's3://logs', existingSecret: A}",
                "logArchive: {uri: 'file:///logs', persistentVolumeClaim: {claimName: logs}}",
                "serviceAccount: {create: 'yes'}",
                "serviceAccount: {name: A}",
                "serviceAccount: {annotations: {a: 1}}",
                "aggregatedRoles: {enabled: 1}",
                "metrics: {enabled: true}",
                "metrics: {serviceMonitor: {interval: often}}",
                "metrics: {serviceMonitor: {labels: [a]}}",
                "metrics: {prometheusRule: {enabled: 'often'}}",
                "metrics: {dashboard: {enabled: 'true'}}",
                "podDisruptionBudget: {minAvailable: 1}",
                "networkPolicy: {from: {}}"
            })
    void aWrongValueOfAnotherObjectIsRefusedByName(String values) {
        assertRefusedByName(values);
    }

    private static void assertRefusedByName(String values) {
        var named = values.replaceAll(":.*", "");
        assertThatThrownBy(() -> Chart.render(values)).hasMessageContaining(named);
    }

    @Test
    void valuesOfAParentChartAreAllowed() {
        assertThat(Chart.render("global: {a: 1}").all()).isNotEmpty();
    }

    @Test
    void everyValueIsDescribedAndNothingElseIs() {
        assertThat(paths(SCHEMA, Chart.read(Chart.VALUES), "")).isEmpty();
    }

    /** Where the two differ. */
    private static List<String> paths(JsonNode schema, JsonNode values, String path) {
        var wrong = new ArrayList<String>();
        var properties = schema.path("properties");
        if (properties.isMissingNode()
                || !schema.path("description").isMissingNode() && !schema.has("additionalProperties")) {
            return wrong;
        }
        if (schema.path("additionalProperties").asBoolean(true)) {
            wrong.add(path + " takes anything");
        }
        properties.fieldNames().forEachRemaining(name -> {
            var property = properties.path(name);
            var below = path + "." + name;
            if (!values.has(name) && !below.equals(".global")) {
                wrong.add(below + " is not in values.yaml");
            }
            if (!property.has("properties") && !property.has("description")) {
                wrong.add(below + " has no description");
            }
            wrong.addAll(paths(property, values.path(name), below));
        });
        values.fieldNames().forEachRemaining(name -> {
            if (!properties.has(name)) {
                wrong.add(path + "." + name + " is not in values.schema.json");
            }
        });
        return wrong;
    }
}
