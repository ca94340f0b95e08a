package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Selects a key of a Secret or ConfigMap in the same namespace. */
@ApiObject
@RecordBuilder
public record KeyReference(
        @Required
        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription("Name of the Secret or ConfigMap.")
        String name,

        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Key to select.")
        String key,

        @JsonPropertyDescription("If true, the variable is not set when the resource or its key does not exist.")
        Boolean optional) {}
