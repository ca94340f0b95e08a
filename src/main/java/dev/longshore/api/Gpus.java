package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** GPUs of the daemon's machine: exactly one of the three. */
@ValidationRule(
        value = "(has(self.all) ? 1 : 0) + (has(self.count) ? 1 : 0) + (has(self.deviceIDs) ? 1 : 0) == 1",
        message = "exactly one of all, count and deviceIDs is needed")
@ValidationRule(value = "!has(self.all) || self.all", message = "all can only be true", fieldPath = ".all")
@ApiObject
@RecordBuilder
public record Gpus(
        @JsonPropertyDescription("All of them.") Boolean all,
        @Min(1) @JsonPropertyDescription("This many.") Integer count,

        @Size(min = 1, max = 64) @JsonPropertyDescription("Those with these IDs.")
        List<String> deviceIDs) {
    public Gpus {
        deviceIDs = deviceIDs == null ? List.of() : List.copyOf(deviceIDs);
    }
}
