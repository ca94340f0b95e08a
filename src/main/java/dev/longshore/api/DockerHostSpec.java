package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.soabase.recordbuilder.core.RecordBuilder;

/** A Docker daemon. */
@ValidationRule(
        value = "!has(self.tls) || self.endpoint.startsWith('tcp://')",
        message = "tls is only for a tcp:// endpoint",
        fieldPath = ".tls")
@ValidationRule(
        value = "self.endpoint == oldSelf.endpoint",
        message = "endpoint is immutable: create another DockerHost",
        fieldPath = ".endpoint")
@ApiObject
@RecordBuilder
public record DockerHostSpec(
        @Required
        @Size(min = 1, max = 1024)
        @Pattern(
                "^(unix:///[^\\s]+|tcp://(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?):([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))$")
        @JsonPropertyDescription("unix:///path or tcp://host:port. Immutable.")
        String endpoint,

        @Default("true") @JsonPropertyDescription("false is a cordon: running jobs go on, none starts.")
        Boolean active,

        @Size(max = 4096) @JsonPropertyDescription("What the host is for.")
        String description,

        @JsonPropertyDescription("TLS to a tcp:// endpoint.")
        TlsSpec tls,

        @Default("10") @Min(1) @JsonPropertyDescription("Containers of jobs that may run there at once.")
        Integer maxConcurrentJobs,

        @Default("{}") @JsonPropertyDescription("Whose jobs may use this host.")
        AllowedNamespaces allowedNamespaces,

        @Default("{}") @JsonPropertyDescription("What jobs may ask of this daemon.")
        HostPolicy policy) {
    public DockerHostSpec {
        active = requireNonNullElse(active, true);
        maxConcurrentJobs = requireNonNullElse(maxConcurrentJobs, 10);
        allowedNamespaces = requireNonNullElse(allowedNamespaces, new AllowedNamespaces(null, null));
        policy = requireNonNullElse(policy, HostPolicyBuilder.builder().build());
    }
}
