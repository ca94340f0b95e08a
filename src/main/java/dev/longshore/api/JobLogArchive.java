package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The whole log of the last attempt in the log archive. */
@ApiObject
@RecordBuilder
public record JobLogArchive(
        @JsonPropertyDescription("URL of the log in the archive.")
        String url,

        @JsonPropertyDescription("Size of the compressed log in bytes.")
        Long bytes,

        @JsonPropertyDescription("Whether part of the log was omitted because of archiveMaxBytes.")
        Boolean truncated,

        @JsonPropertyDescription("Why the log is not in the archive, or not yet.")
        String error) {}
