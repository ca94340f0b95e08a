package dev.longshore.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the annotations of the types cannot say about a definition. */
final class CrdShape {
    private record Kind(Class<? extends CustomResource<?, ?>> type, String description, List<String> selectable) {}

    private static final Map<String, Kind> KINDS = Map.of(
            "DockerHost",
            new Kind(DockerHost.class, "A Docker daemon that runs jobs.", List.of(".spec.active", ".spec.endpoint")),
            "ContainerTemplate",
            new Kind(
                    ContainerTemplate.class,
                    "A reusable container configuration.",
                    List.of(".spec.active", ".spec.image")),
            "ContainerJob",
            new Kind(
                    ContainerJob.class,
                    "A single run of a container on a DockerHost.",
                    List.of(".status.phase", ".spec.templateRef.name", ".spec.hostRef.name", ".spec.priority")),
            "ContainerCronJob",
            new Kind(ContainerCronJob.class, "Creates ContainerJobs on a schedule.", List.of(".spec.suspend")));

    static final Set<String> MUTABLE_IN_JOBS = Set.of("cancel", "suspend", "priority", "ttlSecondsAfterFinished");

    private CrdShape() {}

    static CustomResourceDefinition finish(CustomResourceDefinition crd) {
        Kind kind = KINDS.get(crd.getSpec().getNames().getKind());
        for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
            JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
            root.setDescription(kind.description());
            root.setRequired(List.of("spec"));
            var properties = new LinkedHashMap<String, JSONSchemaProps>();
            properties.put("apiVersion", ofType("string"));
            properties.put("kind", ofType("string"));
            properties.put("metadata", ofType("object"));
            properties.put("spec", root.getProperties().get("spec"));
            properties.put("status", root.getProperties().get("status"));
            root.setProperties(properties);
            finishSpec(properties.get("spec"));
            if (kind.type() == ContainerJob.class) {
                ImmutableFields.hold(properties.get("spec"), MUTABLE_IN_JOBS);
            }
            if (kind.type() == ContainerCronJob.class) {
                JobTemplates.finish(properties.get("spec"));
                JobTemplates.limitNames(root);
            }
            finishStatus(
                    properties.get("status"),
                    kind.type() == ContainerJob.class ? Map.of("phase", "Pending") : Map.of());
            version.setAdditionalPrinterColumns(inOrder(version.getAdditionalPrinterColumns(), kind.type()));
            version.getSelectableFields()
                    .sort(Comparator.comparing(field -> kind.selectable().indexOf(field.getJsonPath())));
        }
        return crd;
    }

    private static void finishSpec(JSONSchemaProps spec) {
        spec.setDescription("Desired state.");
        new SchemaWalk(SchemaShape::listTypes)
                .then(SchemaShape::quantities)
                .then(SchemaShape::times)
                .then(SchemaShape::labelRequirements)
                .then(SchemaShape::labelSelectors)
                .then(SchemaShape::plainDefaults)
                .then(SchemaShape::bounds)
                .walk("spec", spec);
    }

    private static void finishStatus(JSONSchemaProps status, Map<String, String> defaults) {
        new SchemaWalk(SchemaShape::listTypes)
                .then(SchemaShape::quantities)
                .then(SchemaShape::times)
                .then(SchemaShape::conditions)
                .then(SchemaShape::generous)
                .walk("status", status);
        status.setDescription("Observed state.");
        var unobserved = JsonNodeFactory.instance.objectNode().put("observedGeneration", -1);
        defaults.forEach(unobserved::put);
        status.setDefault(unobserved);
    }

    private static JSONSchemaProps ofType(String type) {
        return new JSONSchemaPropsBuilder().withType(type).build();
    }

    /** The generator sorts the columns by path; people read them in the order of the annotations. */
    private static List<CustomResourceColumnDefinition> inOrder(
            List<CustomResourceColumnDefinition> columns, Class<?> type) {
        List<String> names = Arrays.stream(type.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        columns.forEach(column ->
                column.setPriority(Integer.valueOf(0).equals(column.getPriority()) ? null : column.getPriority()));
        return columns.stream()
                .sorted(Comparator.comparing(column -> names.indexOf(column.getName())))
                .toList();
    }
}
