package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A Secret whose keys become files of the container. */
@ValidationRule(
        value = "!self.mountPath.matches('//|/[.][.]?(/|$)')",
        message = "mountPath may not contain '//', '.' or '..'",
        fieldPath = ".mountPath")
@ValidationRule(
        value = "!self.mountPath.matches('^/(dev|proc|sys)(/|$)')",
        message = "mountPath may not be at or below /dev, /proc or /sys: files put there are missing at run time",
        fieldPath = ".mountPath")
@ApiObject
@RecordBuilder
public record SecretFiles(
        @Required
        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription("Name of the Secret.")
        String secretName,

        @Required
        @Size(min = 1, max = 512)
        @Pattern("^/")
        @JsonPropertyDescription("Absolute path of the folder that gets one file a key, of mode 0400.")
        String mountPath) {}
