package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.soabase.recordbuilder.core.RecordBuilder;

/** The certificates with which a daemon is reached. */
@ApiObject
@RecordBuilder
public record TlsStatus(
        @JsonPropertyDescription(
                "Time the first of the two certificates expires: the daemon's, or the client certificate in the Secret.")
        String notAfter) {}
