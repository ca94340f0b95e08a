package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Source of the value of an environment variable. */
@ValidationRule(
        value = "has(self.secretKeyRef) != has(self.configMapKeyRef)",
        message = "exactly one of secretKeyRef and configMapKeyRef is required")
@ApiObject
@RecordBuilder
public record EnvVarSource(
        @JsonPropertyDescription("Selects a key of a Secret.")
        KeyReference secretKeyRef,

        @JsonPropertyDescription("Selects a key of a ConfigMap.")
        KeyReference configMapKeyRef) {}
