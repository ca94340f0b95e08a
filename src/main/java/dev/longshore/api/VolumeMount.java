package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A mount in the container, with exactly one source. */
@ValidationRule(
        value = "(has(self.hostPath) ? 1 : 0) + (has(self.volumeName) ? 1 : 0) + (has(self.tmpfs) ? 1 : 0) == 1",
        message = "exactly one of hostPath, volumeName and tmpfs is required")
@ValidationRule(
        value = "!has(self.hostPath) || !self.hostPath.matches('(^|/)[.][.](/|$)')",
        message = "hostPath must not contain '..'",
        fieldPath = ".hostPath")
@ValidationRule(
        value = "!self.mountPath.matches('//|/[.][.]?(/|$)')",
        message = "mountPath must not contain '//', '.' or '..'",
        fieldPath = ".mountPath")
@ApiObject
@RecordBuilder
public record VolumeMount(
        @Required @Size(min = 1, max = 1024) @Pattern("^/") @JsonPropertyDescription("Absolute path in the container.")
        String mountPath,

        @JsonPropertyDescription("Mount read-only. Defaults to false.")
        Boolean readOnly,

        @Size(min = 1, max = 4096)
        @Pattern("^/")
        @JsonPropertyDescription("Absolute path on the host machine, without '..'.")
        String hostPath,

        @Size(min = 1, max = 253)
        @Pattern("^[a-zA-Z0-9][a-zA-Z0-9_.-]*$")
        @JsonPropertyDescription("Name of a Docker volume. Created if it does not exist.")
        String volumeName,

        @JsonPropertyDescription("A tmpfs, stored in memory.")
        TmpfsSource tmpfs) {
    public VolumeMount {
        readOnly = requireNonNullElse(readOnly, false);
    }
}
