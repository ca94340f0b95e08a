package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An image that Longshore pulled where its reference was not present before. */
@ApiObject
@RecordBuilder
public record PulledImage(
        @Required @JsonPropertyDescription("Reference of the image.")
        String reference,

        @JsonPropertyDescription("ID of the image.") String id) {}
