package dev.longshore.chart;

import static dev.longshore.chart.Chart.NAMESPACE;
import static dev.longshore.chart.Chart.render;
import static dev.longshore.chart.Chart.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whom the chart allows what, and where. */
class ChartRolesTest {
    private static final Chart.Manifests DEFAULT = render("");

    @Test
    void allNamespacesAreWatchedThroughAClusterRole() {
        assertThat(DEFAULT.get("ClusterRoleBinding", NAMESPACE + "-longshore").at("/subjects/0"))
                .isEqualTo(Chart.yaml("{kind: ServiceAccount, name: longshore, namespace: %s}".formatted(NAMESPACE)));
        assertThat(DEFAULT.get("ClusterRole", NAMESPACE + "-longshore").at("/rules"))
                .isEqualTo(render("watchNamespaces: [a]")
                        .get("Role", NAMESPACE + "-longshore")
                        .at("/rules"));
    }

    @Test
    void watchedNamespacesGetRolesAndNothingIsBoundClusterWide() {
        var some = render("{watchNamespaces: [a, b], aggregatedRoles: {enabled: false}}");
        assertThat(some.args()).contains("--namespace=a", "--namespace=b");
        assertThat(some.of("ClusterRoleBinding")).isEmpty();
        assertThat(some.of("ClusterRole")).isEmpty();
        for (var kind : List.of("Role", "RoleBinding")) {
            assertThat(some.of(kind))
                    .extracting(role -> role.at("/metadata/namespace").asText())
                    .containsExactly("a", "b", NAMESPACE);
        }
        assertThat(some.get("Role", "longshore").at("/rules")).isEqualTo(Chart.yaml("""
                [{apiGroups: [''], resources: [namespaces], resourceNames: [%s], verbs: [get]}]
                """.formatted(NAMESPACE)));
    }

    @Test
    void secretsAndConfigMapsAreReadByNameOnly() {
        for (var rule : DEFAULT.get("ClusterRole", NAMESPACE + "-longshore").path("rules")) {
            if (texts(rule.path("resources")).contains("secrets")) {
                assertThat(texts(rule.path("verbs"))).containsExactly("get");
            }
            assertThat(texts(rule.path("verbs"))).doesNotContain("*");
        }
    }

    @Test
    void viewSeesEditWritesJobsAndTemplatesAndOnlyAdminWritesHosts() {
        assertThat(aggregated("view", "create")).isEmpty();
        assertThat(aggregated("view", "list"))
                .containsExactlyInAnyOrder("containercronjobs", "containerjobs", "containertemplates", "dockerhosts");
        assertThat(aggregated("edit", "create"))
                .containsExactlyInAnyOrder("containercronjobs", "containerjobs", "containertemplates");
        assertThat(aggregated("admin", "create"))
                .containsExactlyInAnyOrder("containercronjobs", "containerjobs", "containertemplates", "dockerhosts");
        assertThat(render("aggregatedRoles: {enabled: false}").of("ClusterRole"))
                .hasSize(1);
    }

    private static List<String> aggregated(String to, String verb) {
        return DEFAULT.of("ClusterRole").stream()
                .filter(role -> Chart.labels(role).containsKey("rbac.authorization.k8s.io/aggregate-to-" + to))
                .flatMap(role -> texts(role.at("/rules/0/verbs")).contains(verb)
                        ? texts(role.at("/rules/0/resources")).stream()
                        : Stream.empty())
                .toList();
    }
}
