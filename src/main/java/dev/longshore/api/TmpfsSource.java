package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A tmpfs mount. */
@ApiObject
@RecordBuilder
public record TmpfsSource(
        @JsonPropertyDescription("Size of the tmpfs. Defaults to the daemon's default, half of the memory.")
        Quantity size) {}
