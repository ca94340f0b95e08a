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
        message = "tls requires a tcp:// endpoint",
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
        @JsonPropertyDescription("Address of the Docker daemon: unix:///path or tcp://host:port. Immutable.")
        String endpoint,

        @Default("true")
        @JsonPropertyDescription("If false, the host is cordoned: running jobs continue, and no new job starts.")
        Boolean active,

        @Size(max = 4096) @JsonPropertyDescription("Description of the host.")
        String description,

        @JsonPropertyDescription("TLS settings for a tcp:// endpoint.")
        TlsSpec tls,

        @Default("10")
        @Min(1)
        @JsonPropertyDescription("Maximum number of job containers that may run on this host at once.")
        Integer maxConcurrentJobs,

        @Default("{}") @JsonPropertyDescription("Namespaces whose jobs may use this host.")
        AllowedNamespaces allowedNamespaces,

        @Default("{}") @JsonPropertyDescription("What jobs may request from this daemon.")
        HostPolicy policy,

        @JsonPropertyDescription(
                "What jobs may use on this host in total, in addition to maxConcurrentJobs. What is not set is not counted.")
        Allocatable allocatable,

        @Default("{}") @JsonPropertyDescription("In which order waiting jobs start.")
        Queueing queueing,

        @JsonPropertyDescription("Images to pull in advance, and when to remove unused ones.")
        HostImages images) {
    public DockerHostSpec {
        active = requireNonNullElse(active, true);
        maxConcurrentJobs = requireNonNullElse(maxConcurrentJobs, 10);
        allowedNamespaces = requireNonNullElse(allowedNamespaces, new AllowedNamespaces(null, null));
        policy = requireNonNullElse(policy, HostPolicyBuilder.builder().build());
        queueing = requireNonNullElse(queueing, new Queueing(null, null, null, null));
    }
}
