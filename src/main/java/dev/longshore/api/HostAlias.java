package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** An entry in the container's /etc/hosts. */
@ApiObject
@RecordBuilder
public record HostAlias(
        @Required @Size(min = 2, max = 64) @Pattern("^[0-9A-Fa-f:.]+$") @JsonPropertyDescription("IP address.")
        String ip,

        @Required @Size(min = 1, max = 64) @JsonPropertyDescription("Hostnames for the IP address.")
        List<String> hostnames) {
    public HostAlias {
        hostnames = hostnames == null ? List.of() : List.copyOf(hostnames);
    }
}
