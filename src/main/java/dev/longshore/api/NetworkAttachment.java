package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** A user-defined network that the container is connected to before it starts. */
@ValidationRule(
        value = "!(self.name in ['host', 'none'])",
        message = "host and none are not allowed in networks: use networkMode",
        fieldPath = ".name")
@ApiObject
@RecordBuilder
public record NetworkAttachment(
        @Required
        @Size(min = 1, max = 253)
        @Pattern("^[a-zA-Z0-9][a-zA-Z0-9_.-]*$")
        @JsonPropertyDescription("Name of the network.")
        String name,

        @Size(max = 64) @JsonPropertyDescription("Network-scoped aliases for the container.")
        List<String> aliases) {
    public NetworkAttachment {
        aliases = aliases == null ? List.of() : List.copyOf(aliases);
    }
}
