package dev.longshore.chart;

import com.marcnuri.helm.Helm;
import dev.longshore.testing.OperatorProcess;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The chart, installed by Helm in a namespace of its own. */
final class Installation implements AutoCloseable {
    private final AuditedCluster cluster = AuditedCluster.shared();
    private final String namespace;

    Installation(String namespace, String values) {
        this.namespace = namespace;
        var file = Chart.file(values);
        try {
            var unused = new Helm(Chart.FOLDER)
                    .install()
                    .withName(Chart.RELEASE)
                    .withNamespace(namespace)
                    .createNamespace()
                    .withValuesFile(file)
                    .withKubeConfig(cluster.kubeconfig())
                    .call();
        } finally {
            Chart.delete(file);
        }
    }

    String namespace() {
        return namespace;
    }

    /** With which the containers are labelled that this installation makes. */
    String instance() {
        return cluster.client()
                        .namespaces()
                        .withName(namespace)
                        .get()
                        .getMetadata()
                        .getUid() + "/longshore";
    }

    Container container() {
        return cluster.client()
                .apps()
                .deployments()
                .inNamespace(namespace)
                .withName(Chart.RELEASE)
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
    }

    String kubeconfig() {
        return cluster.kubeconfigOf(namespace, Chart.RELEASE);
    }

    /** The operator with the pod's arguments and the service account's identity. */
    OperatorProcess operator() {
        try {
            var file = Files.writeString(Files.createTempFile("longshore-account", ".yaml"), kubeconfig());
            file.toFile().deleteOnExit();
            return new OperatorProcess(
                    container().getArgs(), Map.of("KUBECONFIG", file.toString(), "POD_NAMESPACE", namespace));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<AuditedCluster.Call> calls() {
        return cluster.calls(namespace, Chart.RELEASE);
    }

    /** All that the roles of this release that are bound to its service account allow. */
    Set<String> granted() {
        var rbac = cluster.client().rbac();
        var clusterWide = rbac.clusterRoleBindings().list().getItems().stream()
                .filter(binding -> isOurs(binding.getSubjects()))
                .map(binding -> rbac.clusterRoles()
                        .withName(binding.getRoleRef().getName())
                        .get())
                .flatMap(role -> role.getRules().stream());
        var local = rbac.roleBindings().inAnyNamespace().list().getItems().stream()
                .filter(binding -> isOurs(binding.getSubjects()))
                .map(binding -> rbac.roles()
                        .inNamespace(binding.getMetadata().getNamespace())
                        .withName(binding.getRoleRef().getName())
                        .get())
                .flatMap(role -> role.getRules().stream());
        return Stream.concat(clusterWide, local)
                .flatMap(Installation::permissions)
                .collect(Collectors.toSet());
    }

    boolean isBoundClusterWide() {
        return cluster.client().rbac().clusterRoleBindings().list().getItems().stream()
                .anyMatch(binding -> isOurs(binding.getSubjects()));
    }

    private boolean isOurs(List<Subject> subjects) {
        return subjects != null && subjects.stream().anyMatch(subject -> namespace.equals(subject.getNamespace()));
    }

    private static Stream<String> permissions(PolicyRule rule) {
        return rule.getApiGroups().stream()
                .flatMap(group -> rule.getResources().stream()
                        .flatMap(resource -> rule.getVerbs().stream()
                                .map(verb -> AuditedCluster.permission(group, resource, verb))));
    }

    @Override
    public void close() {
        var unused = Helm.uninstall(Chart.RELEASE)
                .withNamespace(namespace)
                .withKubeConfig(cluster.kubeconfig())
                .call();
    }
}
