package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** GPUs to add to a container. */
@ValidationRule(
        value = "(has(self.all) ? 1 : 0) + (has(self.count) ? 1 : 0) + (has(self.deviceIDs) ? 1 : 0) == 1",
        message = "exactly one of all, count and deviceIDs is required")
@ValidationRule(value = "!has(self.all) || self.all", message = "all must be true if it is set", fieldPath = ".all")
@ValidationRule(
        value = "!has(self.deviceIDs) || self.deviceIDs.all(id, self.deviceIDs.exists_one(other, other == id))",
        message = "deviceIDs must not list the same ID twice",
        fieldPath = ".deviceIDs")
@ApiObject
@RecordBuilder
public record Gpus(
        @JsonPropertyDescription("Add all GPUs. Must be true if set.")
        Boolean all,

        @Min(1) @JsonPropertyDescription("Number of GPUs to add.")
        Integer count,

        @Size(min = 1, max = 64) @JsonPropertyDescription("IDs of the GPUs to add.")
        List<@Size(min = 1, max = 256) String> deviceIDs) {
    public Gpus {
        deviceIDs = deviceIDs == null ? List.of() : List.copyOf(deviceIDs);
    }
}
