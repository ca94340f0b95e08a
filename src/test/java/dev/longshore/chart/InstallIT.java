package dev.longshore.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.marcnuri.helm.Helm;
import dev.longshore.testing.NeedsApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The chart and the Kustomize base on a real API server. */
@NeedsApiServer
class InstallIT {
    private static final String EVERYTHING = """
            replicaCount: 2
            watchNamespaces: [everything]
            metrics: {serviceMonitor: {enabled: true}, dashboard: {enabled: true}}
            podDisruptionBudget: {enabled: true}
            networkPolicy: {enabled: true, from: [{namespaceSelector: {}}]}
            extraEnv: [{name: JAVA_TOOL_OPTIONS, value: -Xss512k}]
            podAnnotations: {a: b}
            tolerations: [{operator: Exists}]
            """;
    /** As the Prometheus Operator's, as far as the chart is concerned. */
    private static final String SERVICE_MONITORS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: servicemonitors.monitoring.coreos.com}
            spec:
              group: monitoring.coreos.com
              names: {kind: ServiceMonitor, listKind: ServiceMonitorList, plural: servicemonitors, singular: servicemonitor}
              scope: Namespaced
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    private final AuditedCluster cluster = AuditedCluster.shared();
    private final KubernetesClient client = cluster.client();
    private final Kubectl kubectl = new Kubectl(cluster.kubeconfig());

    @Test
    void everythingThatCanBeTurnedOnIsAcceptedAndPodsMayRunWhereLittleIsAllowed() {
        kubectl.apply(SERVICE_MONITORS);
        cluster.createNamespace("everything", Map.of("pod-security.kubernetes.io/enforce", "restricted"));
        await().ignoreExceptions().until(() -> monitors().isEmpty());
        try (var installation = new Installation("everything", EVERYTHING)) {
            assertThat(monitors()).hasSize(1);
            assertThat(client.policy()
                            .v1()
                            .podDisruptionBudget()
                            .inNamespace("everything")
                            .list()
                            .getItems())
                    .hasSize(1);
            assertThat(client.network()
                            .v1()
                            .networkPolicies()
                            .inNamespace("everything")
                            .list()
                            .getItems())
                    .hasSize(1);
            assertThat(client.resource(podOf(installation))
                            .create()
                            .getMetadata()
                            .getUid())
                    .isNotNull();
        }
        assertThat(client.rbac().roles().inNamespace("everything").list().getItems())
                .isEmpty();
        assertThat(crd("containerjobs")).as("Helm leaves the CRDs").isNotNull();
    }

    private List<GenericKubernetesResource> monitors() {
        return client.genericKubernetesResources("monitoring.coreos.com/v1", "ServiceMonitor")
                .inNamespace("everything")
                .list()
                .getItems();
    }

    /** What the Deployment's controller would make. */
    private Pod podOf(Installation installation) {
        var template = client.apps()
                .deployments()
                .inNamespace(installation.namespace())
                .withName(Chart.RELEASE)
                .get()
                .getSpec()
                .getTemplate();
        return new PodBuilder()
                .withMetadata(template.getMetadata())
                .editMetadata()
                .withNamespace(installation.namespace())
                .withName("of-the-deployment")
                .endMetadata()
                .withSpec(template.getSpec())
                .build();
    }

    @Test
    void helmTestEndsWithItsPod() {
        try (var installation = new Installation("tested", "")) {
            var test = CompletableFuture.runAsync(() -> {
                var unused = Helm.test(Chart.RELEASE)
                        .withNamespace(installation.namespace())
                        .withKubeConfig(cluster.kubeconfig())
                        .withTimeout(60)
                        .call();
            });
            var pod = client.pods().inNamespace("tested").withName("longshore-test");
            await().until(() -> pod.get() != null || test.isDone());
            assertThat(pod.get().getSpec().getContainers().get(0).getArgs()).containsExactly("hosts", "-A");
            // There is no kubelet.
            pod.editStatus(it -> new PodBuilder(it)
                    .editOrNewStatus()
                    .withPhase("Succeeded")
                    .endStatus()
                    .build());
            test.join();
        }
    }

    @Test
    void oneCommandBringsTheDefinitionsUpToDateAsHelmDoesNot() {
        try (var installation = new Installation("upgraded", "")) {
            client.resource(crd("containerjobs")).edit(crd -> {
                crd.getSpec().getVersions().get(0).setAdditionalPrinterColumns(List.of());
                return crd;
            });
            var unused = new Helm(Chart.FOLDER)
                    .upgrade()
                    .withName(Chart.RELEASE)
                    .withNamespace(installation.namespace())
                    .withKubeConfig(cluster.kubeconfig())
                    .call();
            assertThat(columns()).isZero();
            kubectl.apply(new Helm(Chart.FOLDER).show().crds().call(), "--server-side", "--force-conflicts");
            assertThat(columns()).isEqualTo(8);
        }
    }

    @Test
    void aNamespaceMayLookLikeANumber() {
        cluster.createNamespace("123", Map.of());
        try (var installation = new Installation("1e3", "watchNamespaces: ['123', '1e3']")) {
            assertThat(installation.container().getArgs()).contains("--namespace=123", "--namespace=1e3");
            assertThat(client.rbac()
                            .roleBindings()
                            .inNamespace("123")
                            .list()
                            .getItems()
                            .get(0)
                            .getSubjects())
                    .extracting(subject -> subject.getNamespace())
                    .containsExactly("1e3");
        }
    }

    private int columns() {
        return crd("containerjobs")
                .getSpec()
                .getVersions()
                .get(0)
                .getAdditionalPrinterColumns()
                .size();
    }

    private CustomResourceDefinition crd(String plural) {
        return client.resources(CustomResourceDefinition.class)
                .withName(plural + ".longshore.dev")
                .get();
    }

    @Test
    void theKustomizeBaseIsAppliedAsItIs() throws IOException {
        kubectl.run("", "apply", "--server-side", "--force-conflicts", "-k", "helm/kustomize/base");
        assertThat(client.apps()
                        .deployments()
                        .inNamespace("longshore")
                        .withName("longshore")
                        .get())
                .isNotNull();
        assertThat(client.rbac().clusterRoleBindings().list().getItems())
                .filteredOn(binding -> binding.getMetadata().getName().equals("longshore-longshore"))
                .singleElement()
                .matches(binding -> Objects.equals(binding.getSubjects().get(0).getNamespace(), "longshore"));
    }
}
