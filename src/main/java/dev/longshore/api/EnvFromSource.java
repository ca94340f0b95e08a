package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** All keys of a Secret or ConfigMap as environment variables: one of the two. */
@ValidationRule(
        value = "has(self.secretRef) != has(self.configMapRef)",
        message = "exactly one of secretRef and configMapRef is needed")
@ApiObject
@RecordBuilder
public record EnvFromSource(
        @Size(max = 253) @Pattern("^[^=\\x00]*$") @JsonPropertyDescription("Put in front of each key.")
        String prefix,

        @JsonPropertyDescription("The Secret.") LocalReference secretRef,
        @JsonPropertyDescription("The ConfigMap.") LocalReference configMapRef) {}
