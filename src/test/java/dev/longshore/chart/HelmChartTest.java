package dev.longshore.chart;

import static dev.longshore.chart.Chart.NAMESPACE;
import static dev.longshore.chart.Chart.render;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import org.junit.jupiter.api.Test;

/** What each value of the chart changes. */
class HelmChartTest {
    private static final Chart.Manifests DEFAULT = render("");

    private static JsonNode at(String values, String pointer) {
        return render(values).of("Deployment").get(0).at(pointer);
    }

    private static JsonNode container(String values, String pointer) {
        return at(values, "/spec/template/spec/containers/0" + pointer);
    }

    @Test
    void helmFindsNothingToSay() {
        var lint = new Helm(Chart.FOLDER).lint().strict().call();
        assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
        assertThat(lint.getMessages()).noneMatch(message -> message.contains("WARNING"));
    }

    @Test
    void thePodMayDoNothingThatItNeedNot() {
        var pod = DEFAULT.pod();
        assertThat(pod.at("/securityContext")).isEqualTo(Chart.yaml("""
                runAsNonRoot: true
                runAsUser: 65532
                runAsGroup: 65532
                seccompProfile: {type: RuntimeDefault}
                """));
        assertThat(pod.at("/containers/0/securityContext")).isEqualTo(Chart.yaml("""
                allowPrivilegeEscalation: false
                readOnlyRootFilesystem: true
                capabilities: {drop: [ALL]}
                """));
        assertThat(pod.at("/volumes")).isEqualTo(Chart.yaml("[{name: tmp, emptyDir: {}}]"));
        assertThat(pod.at("/containers/0/resources/requests").size()).isEqualTo(2);
        assertThat(pod.at("/containers/0/livenessProbe/httpGet/path").asText()).isEqualTo("/healthz");
        assertThat(pod.at("/containers/0/readinessProbe/httpGet/path").asText()).isEqualTo("/readyz");
        assertThat(pod.at("/containers/0/env/0")).isEqualTo(Chart.yaml("""
                name: POD_NAMESPACE
                valueFrom: {fieldRef: {fieldPath: metadata.namespace}}
                """));
    }

    @Test
    void oneOperatorElectsNobodyAndIsGoneBeforeTheNext() {
        assertThat(DEFAULT.args()).containsExactly("operator", "--instance=longshore");
        assertThat(at("", "/spec/replicas").asInt()).isEqualTo(1);
        assertThat(at("", "/spec/strategy/type").asText()).isEqualTo("Recreate");
        assertThat(DEFAULT.of("Role")).isEmpty();
    }

    @Test
    void severalOperatorsElectOne() {
        var several = render("replicaCount: 2");
        assertThat(several.args()).containsExactly("operator", "--instance=longshore", "--leader-elect");
        assertThat(at("replicaCount: 2", "/spec/replicas").asInt()).isEqualTo(2);
        assertThat(at("replicaCount: 2", "/spec/strategy/type").asText()).isEqualTo("RollingUpdate");
        var role = several.get("Role", "longshore");
        assertThat(role.at("/metadata/namespace").asText()).isEqualTo(NAMESPACE);
        assertThat(role.at("/rules/0/resources/0").asText()).isEqualTo("leases");
        assertThat(role.at("/rules/1/resourceNames/0").asText()).isEqualTo("longshore-longshore");
    }

    @Test
    void theImageIsNamedByTagOrDigest() {
        var digest = "sha256:" + "0123456789abcdef".repeat(4);
        assertThat(container("", "/image").asText()).isEqualTo("longshore:" + version());
        assertThat(container("image: {repository: registry.example/a/b, tag: '1'}", "/image")
                        .asText())
                .isEqualTo("registry.example/a/b:1");
        assertThat(container("image: {tag: '1', digest: '%s'}".formatted(digest), "/image")
                        .asText())
                .isEqualTo("longshore@" + digest);
        assertThat(container("image: {pullPolicy: Always}", "/imagePullPolicy").asText())
                .isEqualTo("Always");
        assertThat(at("imagePullSecrets: [{name: a}]", "/spec/template/spec/imagePullSecrets"))
                .isEqualTo(Chart.yaml("[{name: a}]"));
    }

    private static String version() {
        return Chart.read(Chart.FOLDER.resolve("Chart.yaml")).path("appVersion").asText();
    }

    @Test
    void namesCanBeReplaced() {
        assertThat(render("nameOverride: ship")
                        .get("Deployment", "longshore-ship")
                        .isMissingNode())
                .isFalse();
        var whole = render("{fullnameOverride: ship, replicaCount: 2}");
        assertThat(whole.args()).contains("--instance=ship");
        assertThat(whole.get("Role", "ship").at("/rules/1/resourceNames/0").asText())
                .isEqualTo("longshore-ship");
        assertThat(whole.get("ClusterRole", NAMESPACE + "-ship").isMissingNode())
                .isFalse();
    }

    @Test
    void argumentsAndEnvironmentAreAppended() {
        var values = "{extraArgs: [--log-format=json], extraEnv: [{name: JAVA_TOOL_OPTIONS, value: -Xmx1g}]}";
        assertThat(render(values).args()).endsWith("--log-format=json");
        assertThat(container(values, "/env/1")).isEqualTo(Chart.yaml("{name: JAVA_TOOL_OPTIONS, value: -Xmx1g}"));
    }

    @Test
    void tracesAreSentWhereThereIsACollector() {
        assertThat(DEFAULT.pod().toString()).doesNotContain("OTEL_");
        assertThat(container("tracing: {endpoint: 'http://collector:4318'}", "/env/1"))
                .isEqualTo(Chart.yaml("{name: OTEL_EXPORTER_OTLP_ENDPOINT, value: 'http://collector:4318'}"));
    }

    @Test
    void theServiceAccountCanBeSomeoneElses() {
        var own = render("serviceAccount: {name: mine, annotations: {a: b}}");
        assertThat(own.get("ServiceAccount", "mine")
                        .at("/metadata/annotations/a")
                        .asText())
                .isEqualTo("b");
        var other = render("serviceAccount: {create: false, name: theirs}");
        assertThat(other.of("ServiceAccount")).isEmpty();
        assertThat(other.pod().path("serviceAccountName").asText()).isEqualTo("theirs");
        assertThat(other.get("ClusterRoleBinding", NAMESPACE + "-longshore")
                        .at("/subjects/0/name")
                        .asText())
                .isEqualTo("theirs");
    }

    @Test
    void theNodesSocketIsMountedWithTheGroupsThatReachIt() {
        var socket = render("hostSocket: {enabled: true, groups: [0, 998]}");
        assertThat(socket.pod().at("/volumes/1")).isEqualTo(Chart.yaml("""
                {name: docker-socket, hostPath: {path: /var/run/docker.sock, type: Socket}}
                """));
        assertThat(socket.pod().at("/containers/0/volumeMounts/1/mountPath").asText())
                .isEqualTo("/var/run/docker.sock");
        assertThat(socket.pod().at("/securityContext/supplementalGroups")).isEqualTo(Chart.yaml("[0, 998]"));
        assertThat(render("hostSocket: {enabled: true}").pod().at("/volumes").size())
                .isEqualTo(2);
        assertThat(render("hostSocket: {groups: [998]}")
                        .pod()
                        .at("/securityContext/supplementalGroups")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void thePodIsPlacedAndMarkedAsAsked() {
        var values = """
                resources: {requests: {cpu: '2'}}
                nodeSelector: {a: b}
                tolerations: [{key: c, operator: Exists}]
                affinity: {podAntiAffinity: {}}
                priorityClassName: high
                podLabels: {d: e}
                podAnnotations: {f: g}
                """;
        var pod = render(values).pod();
        assertThat(pod.at("/containers/0/resources/requests/cpu").asText()).isEqualTo("2");
        assertThat(pod.path("nodeSelector")).isEqualTo(Chart.yaml("{a: b}"));
        assertThat(pod.path("tolerations")).isEqualTo(Chart.yaml("[{key: c, operator: Exists}]"));
        assertThat(pod.path("affinity")).isEqualTo(Chart.yaml("{podAntiAffinity: {}}"));
        assertThat(pod.path("priorityClassName").asText()).isEqualTo("high");
        assertThat(at(values, "/spec/template/metadata/labels/d").asText()).isEqualTo("e");
        assertThat(at(values, "/spec/template/metadata/annotations/f").asText()).isEqualTo("g");
    }

    @Test
    void aPrometheusIsToldWhereTheMetricsAre() {
        assertThat(DEFAULT.of("Service")).isEmpty();
        assertThat(DEFAULT.of("ServiceMonitor")).isEmpty();
        var monitored =
                render("metrics: {serviceMonitor: {enabled: true, labels: {release: prometheus}, interval: 1m}}");
        var service = monitored.get("Service", "longshore-metrics");
        var monitor = monitored.get("ServiceMonitor", "longshore");
        assertThat(Chart.labels(monitor)).containsEntry("release", "prometheus");
        assertThat(monitor.at("/spec/endpoints/0")).isEqualTo(Chart.yaml("{port: http, path: /metrics, interval: 1m}"));
        assertThat(Chart.labels(service)).containsAllEntriesOf(Chart.map(monitor.at("/spec/selector/matchLabels")));
        assertSelectsThePod(service.at("/spec/selector"));
    }

    @Test
    void grafanasSidecarFindsTheDashboard() {
        assertThat(DEFAULT.of("ConfigMap")).isEmpty();
        var dashboard = render("metrics: {dashboard: {enabled: true}}").get("ConfigMap", "longshore-dashboard");
        assertThat(Chart.labels(dashboard)).containsEntry("grafana_dashboard", "1");
        assertThat(Chart.yaml(dashboard.at("/data/longshore.json").asText())
                        .path("title")
                        .asText())
                .isEqualTo("Longshore");
        assertThat(Chart.labels(render("metrics: {dashboard: {enabled: true, labels: {found: 'yes'}}}")
                        .get("ConfigMap", "longshore-dashboard")))
                .containsEntry("found", "yes");
    }

    @Test
    void aPrometheusIsGivenTheAlertRules() {
        assertThat(DEFAULT.of("PrometheusRule")).isEmpty();
        var rule = render("metrics: {prometheusRule: {enabled: true, labels: {release: prometheus}}}")
                .get("PrometheusRule", "longshore");
        assertThat(Chart.labels(rule)).containsEntry("release", "prometheus");
        assertThat(rule.at("/spec/groups/0/rules"))
                .anySatisfy(alert -> assertThat(alert.at("/annotations/summary").asText())
                        .isEqualTo("DockerHost {{ $labels.host }} is not ready."));
    }

    @Test
    void aDrainTakesOneAtATime() {
        assertThat(DEFAULT.of("PodDisruptionBudget")).isEmpty();
        var budget = render("podDisruptionBudget: {enabled: true}").get("PodDisruptionBudget", "longshore");
        assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1);
        assertSelectsThePod(budget.at("/spec/selector/matchLabels"));
    }

    @Test
    void onlyHttpComesInAndEverythingGoesOut() {
        assertThat(DEFAULT.of("NetworkPolicy")).isEmpty();
        var policy = render("networkPolicy: {enabled: true}").get("NetworkPolicy", "longshore");
        assertSelectsThePod(policy.at("/spec/podSelector/matchLabels"));
        assertThat(policy.at("/spec/ingress")).isEqualTo(Chart.yaml("[{ports: [{port: http, protocol: TCP}]}]"));
        assertThat(policy.at("/spec/egress")).isEqualTo(Chart.yaml("[{}]"));
        assertThat(render("networkPolicy: {enabled: true, from: [{podSelector: {}}]}")
                        .get("NetworkPolicy", "longshore")
                        .at("/spec/ingress/0/from"))
                .isEqualTo(Chart.yaml("[{podSelector: {}}]"));
    }

    private static void assertSelectsThePod(JsonNode selector) {
        var labels = Chart.map(at("", "/spec/template/metadata/labels"));
        assertThat(labels).containsAllEntriesOf(Chart.map(selector));
        // The pod of helm test has another one.
        assertThat(selector.path("app.kubernetes.io/component").asText()).isEqualTo("operator");
    }
}
