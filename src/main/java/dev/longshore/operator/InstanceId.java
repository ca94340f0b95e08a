package dev.longshore.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Optional;

/** Which installation an operator is: no two have the same, even on one daemon, and a restart changes nothing. */
final class InstanceId {
    private InstanceId() {}

    /** UID of the operator's namespace, and the name given to it there. */
    static String of(KubernetesClient client, OperatorOptions options) {
        var namespace = Optional.ofNullable(
                        client.namespaces().withName(options.ownNamespace()).get())
                .orElseThrow(() -> new IllegalStateException("namespace " + options.ownNamespace()
                        + " not found: set POD_NAMESPACE to the operator's namespace"));
        return namespace.getMetadata().getUid() + "/" + options.instance();
    }
}
