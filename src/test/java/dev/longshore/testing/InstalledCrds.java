package dev.longshore.testing;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Our definitions on an API server of a test's own. */
public final class InstalledCrds {
    private static final String GROUP = "longshore.dev";

    private InstalledCrds() {}

    public static void install(KubernetesClient client) {
        ApiServer.installCrds(client, crd -> {});
    }

    /** And with them all that is of these kinds. */
    public static void delete(KubernetesClient client) {
        client.resources(CustomResourceDefinition.class).list().getItems().stream()
                .filter(crd -> crd.getSpec().getGroup().equals(GROUP))
                .forEach(crd -> client.resource(crd).delete());
    }

    public static boolean areGone(KubernetesClient client) {
        return client.resources(CustomResourceDefinition.class).list().getItems().stream()
                .noneMatch(crd -> crd.getSpec().getGroup().equals(GROUP));
    }
}
