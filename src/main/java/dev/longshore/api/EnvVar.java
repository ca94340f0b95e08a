package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** An environment variable. */
@ValidationRule(
        value = "!(has(self.value) && has(self.valueFrom))",
        message = "value and valueFrom are mutually exclusive",
        fieldPath = ".valueFrom")
@ApiObject
@RecordBuilder
public record EnvVar(
        @Required @Size(min = 1, max = 1024) @Pattern("^[^=\\x00]+$") @JsonPropertyDescription("Name of the variable.")
        String name,

        @Size(max = 131072) @JsonPropertyDescription("Literal value. $(VAR) is not expanded.")
        String value,

        @JsonPropertyDescription("Source of the value. Alternative to value.")
        EnvVarSource valueFrom) {}
