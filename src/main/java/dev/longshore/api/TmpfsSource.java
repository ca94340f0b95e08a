package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Quantity;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A file system in memory. */
@ApiObject
@RecordBuilder
public record TmpfsSource(
        @JsonPropertyDescription("Its size. Absent: the daemon's default, half of the memory.")
        Quantity size) {}
