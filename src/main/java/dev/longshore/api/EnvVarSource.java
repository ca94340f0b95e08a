package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Where the value of an environment variable comes from: one of the two. */
@ValidationRule(
        value = "has(self.secretKeyRef) != has(self.configMapKeyRef)",
        message = "exactly one of secretKeyRef and configMapKeyRef is needed")
@ApiObject
@RecordBuilder
public record EnvVarSource(
        @JsonPropertyDescription("A key of a Secret.") KeyReference secretKeyRef,
        @JsonPropertyDescription("A key of a ConfigMap.") KeyReference configMapKeyRef) {}
