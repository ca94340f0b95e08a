package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A Secret whose keys are copied into the container as files. */
@ValidationRule(
        value = "!self.mountPath.matches('//|/[.][.]?(/|$)')",
        message = "mountPath must not contain '//', '.' or '..'",
        fieldPath = ".mountPath")
@ValidationRule(
        value = "!self.mountPath.matches('^/(dev|proc|sys)(/|$)')",
        message = "mountPath must not be at or below /dev, /proc or /sys: files copied there are missing at run time",
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
        @JsonPropertyDescription("Absolute path of the directory that holds one file per key, with mode 0400.")
        String mountPath) {}
