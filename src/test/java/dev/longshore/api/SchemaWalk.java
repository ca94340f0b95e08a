package dev.longshore.api;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.function.BiConsumer;

/** Visits a schema and all schemas in it, each with the name of its field; list items have that of their list. */
final class SchemaWalk {
    private final BiConsumer<String, JSONSchemaProps> visitor;

    SchemaWalk(BiConsumer<String, JSONSchemaProps> visitor) {
        this.visitor = visitor;
    }

    SchemaWalk then(BiConsumer<String, JSONSchemaProps> next) {
        return new SchemaWalk(visitor.andThen(next));
    }

    void walk(String name, JSONSchemaProps schema) {
        visitor.accept(name, schema);
        if (schema.getProperties() != null) {
            schema.getProperties().forEach(this::walk);
        }
        if (schema.getItems() != null && schema.getItems().getSchema() != null) {
            walk(name, schema.getItems().getSchema());
        }
        if (schema.getAdditionalProperties() != null
                && schema.getAdditionalProperties().getSchema() != null) {
            walk(name, schema.getAdditionalProperties().getSchema());
        }
    }
}
