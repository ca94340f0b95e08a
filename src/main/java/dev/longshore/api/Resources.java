package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Resources of a container. A limit of 0 is none. */
@ValidationRule(
        value = "!has(self.requests) || !has(self.requests.cpu) || !has(self.limits) || !has(self.limits.cpu)"
                + " || !quantity(string(self.limits.cpu)).isGreaterThan(quantity('0'))"
                + " || !quantity(string(self.requests.cpu)).isGreaterThan(quantity(string(self.limits.cpu)))",
        message = "requests.cpu must not be greater than limits.cpu",
        fieldPath = ".requests.cpu")
@ValidationRule(
        value = "!has(self.requests) || !has(self.requests.memory) || !has(self.limits) || !has(self.limits.memory)"
                + " || !quantity(string(self.limits.memory)).isGreaterThan(quantity('0'))"
                + " || !quantity(string(self.requests.memory)).isGreaterThan(quantity(string(self.limits.memory)))",
        message = "requests.memory must not be greater than limits.memory",
        fieldPath = ".requests.memory")
@ApiObject
@RecordBuilder
public record Resources(
        @JsonPropertyDescription("Maximum resources that the container may use.")
        ResourceList limits,

        @JsonPropertyDescription(
                "Resources that count against allocatable of the DockerHost. Each defaults to its limit, otherwise to 0.")
        ResourceList requests) {}
