package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** One key of a Secret or ConfigMap of the same namespace. */
@ApiObject
@RecordBuilder
public record KeyReference(
        @Required
        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription("Name of the Secret or ConfigMap.")
        String name,

        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("The key to take.")
        String key,

        @JsonPropertyDescription(
                "Whether the container starts without the variable when the resource or its key is missing.")
        Boolean optional) {}
