package dev.longshore.docker.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class TlsFailuresTest {
    private static SSLException handshake(String message, Throwable cause) {
        var failure = new SSLHandshakeException(message);
        failure.initCause(cause);
        return failure;
    }

    /** The words of Java 17, and of Java 25, which names the alert that it sends. */
    @Test
    void aCertificateOfAnUnknownAuthorityIsNotTheClients() {
        var cause = new CertPathBuilderException("unable to find valid certification path to requested target");
        for (var message :
                new String[] {"PKIX path building failed", "(certificate_unknown) PKIX path building failed"}) {
            assertThat(TlsFailures.explain(handshake(message, cause)))
                    .contains("the daemon's certificate is not signed by ca.crt");
        }
    }

    @Test
    void anExpiredCertificateIsNamed() {
        assertThat(TlsFailures.explain(handshake(
                        "(certificate_expired) PKIX path validation failed", new CertificateExpiredException())))
                .hasValueSatisfying(message -> assertThat(message).contains("has expired"));
    }

    @Test
    void anAlertOfTheDaemonIsAboutTheClientsCertificate() {
        for (var message : new String[] {
            "Received fatal alert: certificate_unknown",
            "(certificate_unknown) Received fatal alert: certificate_unknown"
        }) {
            assertThat(TlsFailures.explain(handshake(message, null)))
                    .contains("the daemon rejects the client certificate: check tls.crt and tls.key");
        }
    }

    @Test
    void otherFailuresAreNotOfTls() {
        assertThat(TlsFailures.explain(new IOException("Connection refused"))).isEmpty();
    }
}
