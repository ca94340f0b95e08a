package dev.longshore.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every manifest of our kinds in the pages is taken by the API server as it is, without an unknown field. */
@NeedsApiServer
final class ManifestsInPagesIT {
    private record Manifest(Page page, GenericKubernetesResource resource) {}

    @Test
    void areTakenStrictly(ApiServer server) throws IOException {
        server.installCrds();
        var manifests = manifests();

        assertThat(manifests).isNotEmpty();
        for (var manifest : manifests) {
            // Pages use the same names.
            manifest.resource().getMetadata().setNamespace(server.namespace());
            assertThat(manifest.resource())
                    .as(manifest.page() + ": "
                            + manifest.resource().getMetadata().getName())
                    .satisfies(resource -> server.client()
                            .resource(resource)
                            .fieldValidation(FieldValidateable.Validation.STRICT)
                            .create());
        }
    }

    private static List<Manifest> manifests() throws IOException {
        var reader = new YAMLMapper().readerFor(GenericKubernetesResource.class);
        var manifests = new ArrayList<Manifest>();
        for (var page : Page.all()) {
            for (var block : page.blocks("yaml")) {
                for (var resource :
                        reader.<GenericKubernetesResource>readValues(block).readAll()) {
                    if ("longshore.dev/v1".equals(resource.getApiVersion())) {
                        manifests.add(new Manifest(page, resource));
                    }
                }
            }
        }
        return manifests;
    }
}
