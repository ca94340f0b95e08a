package dev.longshore.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Validates single resources as the API server does on creation. */
public final class ManifestCheck {
    private final Purpose purpose;
    private final List<Problem> problems;

    ManifestCheck(Purpose purpose, List<Problem> problems) {
        this.purpose = purpose;
        this.problems = problems;
    }

    /**
     * What the API server would say of a resource that is in no file. References are not checked.
     *
     * @param resource of a supported kind; not changed
     */
    public static List<Problem> problems(ObjectNode resource) {
        List<Problem> problems = new ArrayList<>();
        var document = new Document("", resource.deepCopy(), "", Map.of());
        new ManifestCheck(Purpose.VALIDATE, problems).check(Manifest.of(document));
        return problems;
    }

    /** Also applies defaults. */
    void check(Manifest manifest) {
        var findings = manifest.findings(problems);
        var resource = (ObjectNode) manifest.document().content();
        var schema = Schemas.of(manifest.kind());
        // The API server ignores it on creation.
        resource.remove("status");
        var metadata = resource.path("metadata");
        if (metadata.isObject()) {
            SchemaDefaults.apply(metadata, Schemas.metadata());
            new SchemaCheck(findings).check(metadata, Schemas.metadata(), "metadata");
        }
        new ResourceNames(findings).check(metadata);
        SchemaDefaults.apply(resource, schema);
        resource.remove("status");
        new SchemaCheck(findings).check(resource, schema, "");
        switch (manifest.kind()) {
            case "Secret" -> new DataCheck(findings).checkSecret(resource);
            case "ConfigMap" -> new DataCheck(findings).checkConfigMap(resource);
            default -> checkRules(manifest, findings);
        }
    }

    private void checkRules(Manifest manifest, Findings findings) {
        if (findings.isShapeless()) {
            return;
        }
        var resource = manifest.document().content();
        if (manifest.kind().equals("ContainerJob") && !purpose.needsHosts()) {
            resource = resource.deepCopy();
            var spec = (ObjectNode) resource.path("spec");
            if (!spec.has("hostRef") && !spec.has("hostSelector")) {
                spec.putObject("hostRef").put("name", "local");
            }
        }
        CelRules.check(resource, Schemas.of(manifest.kind()), "", findings);
    }
}
