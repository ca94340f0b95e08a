package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Quantity;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Options for the output stored in the status and in the log archive. */
@ApiObject
@RecordBuilder
public record LogOptions(
        @Default("4096")
        @Min(0)
        @Max(65536)
        @JsonPropertyDescription("Maximum number of bytes to keep from the end of each stream.")
        Integer tailBytes,

        @Default("true") @JsonPropertyDescription("Whether to keep the whole log where the operator has a log archive.")
        Boolean archive,

        @Default("100Mi")
        @JsonPropertyDescription(
                "Maximum size of the log in the archive, before compression. Of a longer log, half is kept from each end.")
        Quantity archiveMaxBytes) {
    public LogOptions {
        tailBytes = requireNonNullElse(tailBytes, 4096);
        archive = requireNonNullElse(archive, true);
        archiveMaxBytes = requireNonNullElse(archiveMaxBytes, new Quantity("100", "Mi"));
    }
}
