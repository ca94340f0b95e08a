package dev.longshore.api;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.util.List;

/** Reads manifests as they are written: typed resources would drop the unknown fields that the API server must see. */
final class Manifests {
    private static final ObjectReader YAML = new YAMLMapper().readerFor(GenericKubernetesResource.class);

    private Manifests() {}

    static List<GenericKubernetesResource> read(String yaml) throws IOException {
        return YAML.<GenericKubernetesResource>readValues(yaml).readAll();
    }
}
