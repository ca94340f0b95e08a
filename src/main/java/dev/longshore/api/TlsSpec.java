package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** Mutual TLS to a daemon, from a Secret. */
@ApiObject
@RecordBuilder
public record TlsSpec(
        @Required
        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription(
                "Secret with ca.crt, and tls.crt and tls.key where the daemon asks for a client certificate.")
        String secretName,

        @Default("true") @JsonPropertyDescription("false: accept any certificate and name.")
        Boolean verify) {
    public TlsSpec {
        verify = requireNonNullElse(verify, true);
    }
}
