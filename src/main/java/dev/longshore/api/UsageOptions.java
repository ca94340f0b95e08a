package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Options for sampling resource usage. */
@ApiObject
@RecordBuilder
public record UsageOptions(
        @Default("10") @Min(0) @JsonPropertyDescription("Seconds between samples. 0 disables sampling.")
        Integer sampleSeconds) {
    public UsageOptions {
        sampleSeconds = requireNonNullElse(sampleSeconds, 10);
    }
}
