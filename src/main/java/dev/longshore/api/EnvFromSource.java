package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** All keys of a Secret or a ConfigMap as environment variables. */
@ValidationRule(
        value = "has(self.secretRef) != has(self.configMapRef)",
        message = "exactly one of secretRef and configMapRef is required")
@ApiObject
@RecordBuilder
public record EnvFromSource(
        @Size(max = 253) @Pattern("^[^=\\x00]*$") @JsonPropertyDescription("Text to prepend to each key.")
        String prefix,

        @JsonPropertyDescription("Secret to read.") LocalReference secretRef,
        @JsonPropertyDescription("ConfigMap to read.") LocalReference configMapRef) {}
