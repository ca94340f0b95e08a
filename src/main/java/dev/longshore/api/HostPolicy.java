package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** What jobs may ask of a daemon. An absent list is not an empty one: absent, some of them admit all. */
@ApiObject
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
public record HostPolicy(
        @Size(max = 256)
        @JsonPropertyDescription("Globs over the full image reference. Absent: all; present: image IDs are refused.")
        List<String> allowedImages,

        @Default("false")
        @JsonPropertyDescription(
                "Make every job pull, so that an image that another tenant pulled is not reused without credentials.")
        Boolean requirePull,

        @Size(max = 256) @JsonPropertyDescription("Host paths that jobs may mount. Absent: none.")
        List<AllowedHostPath> allowedHostPaths,

        @Size(max = 256) @JsonPropertyDescription("Globs over names of volumes. Absent: none.")
        List<String> allowedVolumes,

        @Size(max = 256) @JsonPropertyDescription("Globs over names of networks. Absent: all.")
        List<String> allowedNetworks,

        @Size(max = 64) @JsonPropertyDescription("Capabilities that jobs may add. Absent: none.")
        List<String> allowedCapabilities,

        @Size(max = 256) @JsonPropertyDescription("Devices that jobs may use, by absolute path. Absent: none.")
        List<@Size(min = 1, max = 4096) @Pattern("^/") String> allowedDevices,

        @Default("false") @JsonPropertyDescription("Whether jobs may use GPUs.")
        Boolean allowGpus,

        @Default("false") @JsonPropertyDescription("Whether jobs may use the host's network.")
        Boolean allowHostNetwork,

        @Default("false")
        @JsonPropertyDescription("Whether jobs may be privileged, which is root on the daemon's machine.")
        Boolean allowPrivileged,

        @JsonPropertyDescription("The most that one job may ask for, and the limit of those that ask for none.")
        ResourceList maxResources) {
    public HostPolicy {
        requirePull = requireNonNullElse(requirePull, false);
        allowedHostPaths = allowedHostPaths == null ? List.of() : List.copyOf(allowedHostPaths);
        allowedVolumes = allowedVolumes == null ? List.of() : List.copyOf(allowedVolumes);
        allowedCapabilities = allowedCapabilities == null ? List.of() : List.copyOf(allowedCapabilities);
        allowedDevices = allowedDevices == null ? List.of() : List.copyOf(allowedDevices);
        allowGpus = requireNonNullElse(allowGpus, false);
        allowHostNetwork = requireNonNullElse(allowHostNetwork, false);
        allowPrivileged = requireNonNullElse(allowPrivileged, false);
    }
}
