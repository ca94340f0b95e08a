package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.doctor.Finding;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The left are messages of the connection. */
class EndpointMessagesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    no such host: check spec.endpoint | no such host: check the endpoint
                    requires TLS: set spec.tls to a Secret with its certificates \
                    | requires TLS: use --tlscacert, --tlscert and --tlskey
                    add tls.crt and tls.key to the Secret | use --tlscert and --tlskey
                    client certificate in tls.crt expired on x: renew it | client certificate of --tlscert expired on x: renew it
                    check that tls.crt is signed by the daemon's client CA (--tlscacert) \
                    | check that --tlscert is signed by the daemon's client CA
                    tls.key does not match tls.crt | --tlskey does not match --tlscert
                    is not signed by ca.crt | is not signed by a CA of --tlscacert (default: the system's)
                    ca.crt contains no PEM certificate | --tlscacert contains no PEM certificate
                    """)
    void fieldsAndKeysBecomeOptions(String text, String message) {
        assertThat(EndpointMessages.of(List.of(Finding.error("connection", text, text))))
                .containsExactly(Finding.error("connection", message, message));
    }
}
