package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Options for the output stored in the status. */
@ApiObject
@RecordBuilder
public record LogOptions(
        @Default("4096")
        @Min(0)
        @Max(65536)
        @JsonPropertyDescription("Maximum number of bytes to keep from the end of each stream.")
        Integer tailBytes) {
    public LogOptions {
        tailBytes = requireNonNullElse(tailBytes, 4096);
    }
}
