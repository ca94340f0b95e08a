package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A file of the exited container whose content goes into the job's status. */
@ValidationRule(
        value = "!self.path.matches('(^|/)[.][.](/|$)')",
        message = "path must not contain '..'",
        fieldPath = ".path")
@ApiObject
@RecordBuilder
public record ResultFile(
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[a-zA-Z0-9]([-a-zA-Z0-9_.]*[a-zA-Z0-9])?$")
        @JsonPropertyDescription("Name of the result.")
        String name,

        @Required
        @Size(min = 2, max = 4096)
        @Pattern("^/")
        @JsonPropertyDescription("Absolute path of the file in the container. Its content is limited to 4096 bytes.")
        String path) {}
