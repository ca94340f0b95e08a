package dev.longshore.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people of different rights see of a queue, where nobody runs jobs. */
@NeedsApiServer
class QueueLookupIT {
    private KubernetesClient client;
    private String infra;
    private String mine;
    private String other;

    @BeforeEach
    void create(ApiServer server) {
        server.installCrds();
        client = server.client();
        infra = server.namespace();
        mine = server.namespace();
        other = server.namespace();
        apply(infra, """
                apiVersion: longshore.dev/v1
                kind: DockerHost
                metadata: {name: box, labels: {disk: fast}}
                spec: {endpoint: 'tcp://box:2376', allowedNamespaces: {from: All}}
                """);
    }

    private void apply(String namespace, String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(item -> client.resource(item).inNamespace(namespace).create());
    }

    private ContainerJob waiting(String namespace, String name, String where) {
        apply(namespace, """
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata: {name: %s}
                spec:
                  template: {image: busybox}
                  %s
                """.formatted(name, where.formatted(infra)));
        var there = client.resources(ContainerJob.class).inNamespace(namespace).withName(name);
        var job = there.get();
        job.setStatus(ContainerJobStatusBuilder.builder()
                .phase(JobPhase.PENDING)
                .reason(JobReason.INSUFFICIENT_CAPACITY)
                .build());
        return client.resource(job).updateStatus();
    }

    private KubernetesClient person(String name) {
        var config = new ConfigBuilder(client.getConfiguration())
                .withImpersonateUsername(name)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** A person who may list the jobs of one namespace. */
    private KubernetesClient member() {
        var role = new RoleBuilder()
                .withNewMetadata()
                .withName("jobs")
                .endMetadata()
                .withRules(new PolicyRuleBuilder()
                        .withApiGroups("longshore.dev")
                        .withResources("containerjobs")
                        .withVerbs("get", "list")
                        .build())
                .build();
        client.resource(role).inNamespace(mine).create();
        var binding = new RoleBindingBuilder()
                .withNewMetadata()
                .withName("jobs")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", "jobs")
                .addNewSubject("rbac.authorization.k8s.io", "User", mine, null)
                .build();
        client.resource(binding).inNamespace(mine).create();
        return person(mine);
    }

    @Test
    void aPersonSeesWhatTheirRightsAllow() {
        var onBox = "hostRef: {name: box, namespace: %s}";
        waiting(other, "ahead", onBox + "\n  priority: 1");
        waiting(mine, "first", onBox);
        var job = waiting(mine, "second", onBox);

        var all = new QueueLookup(client).of(job).orElseThrow();
        assertThat(all.position()).hasValue(3);
        assertThat(all.hosts()).hasSize(1);
        assertThat(all.namespace()).isNull();
        try (var member = member();
                var nobody = person("nobody")) {
            var own = new QueueLookup(member).of(job).orElseThrow();
            assertThat(own.position()).hasValue(2);
            assertThat(own.hosts()).isEmpty();
            assertThat(own.namespace()).isEqualTo(mine);
            assertThat(new QueueLookup(nobody).of(job).orElseThrow().position()).isEmpty();
        }
    }

    @Test
    void aJobWithASelectorWaitsForTheHostsThatMatch() {
        var job = waiting(mine, "selects", "hostSelector: {matchLabels: {disk: fast}, namespaces: [%s]}");
        var queue = new QueueLookup(client).of(job).orElseThrow();
        assertThat(queue.position()).hasValue(1);
        assertThat(queue.hosts())
                .extracting(host -> host.getMetadata().getName())
                .containsExactly("box");
        var none = waiting(mine, "slow", "hostSelector: {matchLabels: {disk: slow}, namespaces: [%s]}");
        assertThat(new QueueLookup(client).of(none).orElseThrow().hosts()).isEmpty();
    }
}
