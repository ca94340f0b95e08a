package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What jobs may request from a daemon. A list that is not set differs from an empty one: not set, some allow everything. */
@ApiObject
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
public record HostPolicy(
        @Size(max = 256)
        @JsonPropertyDescription(
                "Globs of allowed images, matched against the full reference. All are allowed if not set. If set, image IDs are denied.")
        List<String> allowedImages,

        @Default("false")
        @JsonPropertyDescription(
                "Pull the image for every job, so that a private image pulled by another tenant is not reused without credentials.")
        Boolean requirePull,

        @Size(max = 256) @JsonPropertyDescription("Host paths that jobs may mount. None if not set.")
        List<AllowedHostPath> allowedHostPaths,

        @Size(max = 256) @JsonPropertyDescription("Globs of volume names that jobs may use. None if not set.")
        List<String> allowedVolumes,

        @Size(max = 256)
        @JsonPropertyDescription("Globs of network names that jobs may use. All are allowed if not set.")
        List<String> allowedNetworks,

        @Size(max = 64) @JsonPropertyDescription("Capabilities that jobs may add. None if not set.")
        List<String> allowedCapabilities,

        @Size(max = 256) @JsonPropertyDescription("Devices that jobs may use, by absolute path. None if not set.")
        List<@Size(min = 1, max = 4096) @Pattern("^/") String> allowedDevices,

        @Size(max = 64) @JsonPropertyDescription("Log drivers that jobs may set, and their options. None if not set.")
        List<AllowedLogDriver> allowedLogDrivers,

        @Default("false") @JsonPropertyDescription("Whether jobs may use GPUs.")
        Boolean allowGpus,

        @Default("false") @JsonPropertyDescription("Whether jobs may use the host's network.")
        Boolean allowHostNetwork,

        @Default("false")
        @JsonPropertyDescription(
                "Whether jobs may run in privileged mode, which gives root access to the host machine.")
        Boolean allowPrivileged,

        @JsonPropertyDescription("Maximum limits of a job, and the limits of jobs that set none.")
        ResourceList maxResources) {
    public HostPolicy {
        requirePull = requireNonNullElse(requirePull, false);
        allowedHostPaths = allowedHostPaths == null ? List.of() : List.copyOf(allowedHostPaths);
        allowedVolumes = allowedVolumes == null ? List.of() : List.copyOf(allowedVolumes);
        allowedCapabilities = allowedCapabilities == null ? List.of() : List.copyOf(allowedCapabilities);
        allowedDevices = allowedDevices == null ? List.of() : List.copyOf(allowedDevices);
        allowedLogDrivers = allowedLogDrivers == null ? List.of() : List.copyOf(allowedLogDrivers);
        allowGpus = requireNonNullElse(allowGpus, false);
        allowHostNetwork = requireNonNullElse(allowHostNetwork, false);
        allowPrivileged = requireNonNullElse(allowPrivileged, false);
    }
}
