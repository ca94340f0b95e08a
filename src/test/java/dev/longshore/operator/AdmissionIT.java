package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.AllowedNamespaces;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.NamespacesFrom;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.TestCluster;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs of one namespace on hosts of another. */
class AdmissionIT {
    private static String tenant;
    private static TestOperator operator;

    @BeforeAll
    static void start() {
        tenant = TestCluster.shared().namespace();
        operator = new TestOperator(tenant);
        operator.client().namespaces().withName(tenant).edit(namespace -> {
            namespace.getMetadata().setLabels(Map.of("team", "red"));
            return namespace;
        });
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    private static void createHost(String name, String allowedNamespaces) {
        operator.createHost(name, """
                endpoint: %s
                allowedNamespaces: %s
                """.formatted(LocalDocker.HOST, allowedNamespaces));
    }

    private static void createTenantsJob(String name, String host) {
        operator.createIn(tenant, """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: %s
                spec:
                  hostRef: {name: %s, namespace: %s}
                  template: {image: 'busybox:stable', command: ['true']}
                """.formatted(name, host, operator.namespace()));
    }

    private static ContainerJob awaitReason(String name, String reason) {
        return await().atMost(TestOperator.SOON)
                .until(
                        () -> operator.client()
                                .resources(ContainerJob.class)
                                .inNamespace(tenant)
                                .withName(name)
                                .get(),
                        job -> job.getStatus() != null
                                && job.getStatus().reason() != null
                                && job.getStatus().reason().value().equals(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            all      | {from: All}
            labelled | {from: Selector, selector: {matchLabels: {team: red}}}
            """)
    void isAdmittedWhereTheHostSaysSo(String name, String allowedNamespaces) {
        createHost(name, allowedNamespaces);
        createTenantsJob("on-" + name, name);
        assertThat(awaitReason("on-" + name, "Completed").getStatus().host().namespace())
                .isEqualTo(operator.namespace());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            same   | {from: Same}
            others | {from: Selector, selector: {matchLabels: {team: blue}}}
            """)
    void waitsAndSaysWhyWhereItDoesNot(String name, String allowedNamespaces) {
        createHost(name, allowedNamespaces);
        createTenantsJob("on-" + name, name);
        var status = awaitReason("on-" + name, "HostNotAllowed").getStatus();
        assertThat(status.message()).contains(name, tenant, "allowedNamespaces");
        assertThat(status.containerID()).isNull();
    }

    @Test
    void startsOnceTheHostAdmitsItsNamespace() {
        createHost("opened", "{from: Same}");
        createTenantsJob("patient", "opened");
        awaitReason("patient", "HostNotAllowed");
        operator.editHost("opened", spec -> spec.allowedNamespaces(new AllowedNamespaces(NamespacesFrom.ALL, null)));
        awaitReason("patient", "Completed");
    }
}
