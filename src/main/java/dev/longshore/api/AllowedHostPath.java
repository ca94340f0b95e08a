package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A path of the daemon's machine that jobs may mount. */
@ValidationRule(
        value = "!self.path.matches('(^|/)[.][.](/|$)')",
        message = "path may not contain '..'",
        fieldPath = ".path")
@ApiObject
@RecordBuilder
public record AllowedHostPath(
        @Required @Size(min = 1, max = 4096) @Pattern("^/") @JsonPropertyDescription("Absolute path, without '..'.")
        String path,

        @JsonPropertyDescription(
                "true, or absent: read-only mounts of the path and what is under it; false: exactly this path, writable too, and nothing below it.")
        Boolean readOnly) {
    public AllowedHostPath {
        readOnly = requireNonNullElse(readOnly, true);
    }
}
