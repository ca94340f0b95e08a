package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;

/** TLS settings for a daemon, with certificates from a Secret. */
@ApiObject
@RecordBuilder
public record TlsSpec(
        @Required
        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @JsonPropertyDescription(
                "Secret with ca.crt, and tls.crt and tls.key if the daemon requires a client certificate.")
        String secretName,

        @Default("true") @JsonPropertyDescription("If false, any certificate and hostname is accepted.")
        Boolean verify) {
    public TlsSpec {
        verify = requireNonNullElse(verify, true);
    }
}
