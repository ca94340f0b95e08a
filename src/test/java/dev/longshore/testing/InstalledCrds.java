package dev.longshore.testing;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

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

    /** Takes everything, as a definition may have done in an earlier time. */
    public static void withoutRules(CustomResourceDefinition crd) {
        for (var version : crd.getSpec().getVersions()) {
            for (var part :
                    version.getSchema().getOpenAPIV3Schema().getProperties().entrySet()) {
                part.setValue(new JSONSchemaPropsBuilder()
                        .withType("object")
                        .withXKubernetesPreserveUnknownFields(true)
                        .build());
            }
            version.getSchema()
                    .getOpenAPIV3Schema()
                    .getProperties()
                    .keySet()
                    .removeIf(name -> !List.of("spec", "status").contains(name));
            version.setSelectableFields(List.of());
            version.setAdditionalPrinterColumns(List.of());
        }
    }
}
