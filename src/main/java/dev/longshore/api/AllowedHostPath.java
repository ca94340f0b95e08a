package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A path on the host machine that jobs may mount. */
@ValidationRule(
        value = "!self.path.matches('(^|/)[.][.](/|$)')",
        message = "path must not contain '..'",
        fieldPath = ".path")
@ApiObject
@RecordBuilder
public record AllowedHostPath(
        @Required
        @Size(min = 1, max = 4096)
        @Pattern("^/")
        @JsonPropertyDescription("Absolute path on the host machine, without '..'.")
        String path,

        @JsonPropertyDescription(
                "If true or not set, allows read-only mounts of this path and any path below it. If false, allows mounts of exactly this path, read-only or read-write.")
        Boolean readOnly) {
    public AllowedHostPath {
        readOnly = requireNonNullElse(readOnly, true);
    }
}
