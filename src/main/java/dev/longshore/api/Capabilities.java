package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Linux capabilities to add to or drop from the daemon's default set. */
@ApiObject
@RecordBuilder
public record Capabilities(
        @Size(max = 64) @JsonPropertyDescription("Capabilities to add, such as NET_ADMIN or ALL.")
        List<String> add,

        @Size(max = 64) @JsonPropertyDescription("Capabilities to drop, such as ALL.")
        List<String> drop) {
    public Capabilities {
        add = add == null ? List.of() : List.copyOf(add);
        drop = drop == null ? List.of() : List.copyOf(drop);
    }
}
