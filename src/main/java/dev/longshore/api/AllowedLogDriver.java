package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A log driver that jobs may use. */
@ApiObject
@RecordBuilder
public record AllowedLogDriver(
        @Required @Size(min = 1, max = 255) @JsonPropertyDescription("Name of the log driver.")
        String driver,

        @Size(max = 64)
        @JsonPropertyDescription(
                "Names of the options that jobs may set. None if not set. An option that takes an address lets jobs choose where the daemon connects to.")
        List<@Size(min = 1, max = 255) String> options) {
    public AllowedLogDriver {
        options = options == null ? List.of() : List.copyOf(options);
    }
}
