package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;

/** Docker's log driver of a container. */
@ApiObject
@RecordBuilder
public record LogDriver(
        @Required
        @Size(min = 1, max = 255)
        @Pattern("^[a-zA-Z0-9]([-a-zA-Z0-9._/:]*[a-zA-Z0-9])?$")
        @JsonPropertyDescription("Name of the log driver, such as json-file, local, fluentd or loki.")
        String driver,

        @Size(max = 64) @JsonPropertyDescription("Options of the log driver. Not masked: do not put credentials here.")
        Map<String, @Size(max = 4096) String> options) {
    public LogDriver {
        options = options == null ? Map.of() : Map.copyOf(options);
    }
}
