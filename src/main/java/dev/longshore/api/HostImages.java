package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Images to keep on a daemon, and when to remove others. */
@ApiObject
@RecordBuilder
public record HostImages(
        @Size(max = 64)
        @JsonPropertyDescription(
                "Images to pull, without credentials, when the host becomes ready and does not have them. Never removed.")
        List<@Size(min = 1, max = 1024) @Pattern("^[^\\s]+$") String> prefetch,

        @Min(1)
        @JsonPropertyDescription(
                "Seconds after which an image that Longshore pulled, and that no job and no container uses, is removed. Not removed if not set.")
        Integer removeUnusedAfterSeconds) {
    public HostImages {
        prefetch = prefetch == null ? List.of() : List.copyOf(prefetch);
    }
}
