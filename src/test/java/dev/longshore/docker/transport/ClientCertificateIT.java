package dev.longshore.docker.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.dockerjava.DockerJavaEngineFactory;
import dev.longshore.testing.Certificates;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.TlsDocker;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of a client certificate that a daemon does not take is the same at each try. */
@OnEachDaemon
class ClientCertificateIT {
    private static final int TRIES = 20;
    private static final Certificates AUTHORITY = new Certificates("authority");
    private static final Certificates STRANGER = new Certificates("stranger");

    @Test
    void ofAServerThatReadsTheCertificateAfterOurHandshake() throws IOException, GeneralSecurityException {
        try (var daemon = new TlsDocker(AUTHORITY, "127.0.0.1")) {
            assertSteady(daemon.port());
        }
    }

    @Test
    void ofOneThatResetsTheConnection() throws IOException, GeneralSecurityException {
        try (var daemon = TlsDocker.resetting(AUTHORITY, "127.0.0.1")) {
            assertRefused(daemon.port(), null, "add tls.crt and tls.key");
            assertRefused(daemon.port(), AUTHORITY.expired("client"), "tls.crt expired on");
            assertRefused(daemon.port(), STRANGER.issue("EC", "client"), "rejects the client certificate");
        }
    }

    private static void assertSteady(int port) {
        assertRefused(port, null, "add tls.crt and tls.key");
        assertRefused(port, AUTHORITY.expired("client"), "tls.crt expired on");
        assertRefused(port, STRANGER.issue("EC", "client"), "rejects the client certificate");
        connect(port, AUTHORITY.issue("EC", "client")).close();
    }

    private static DockerEngine connect(int port, Certificates.Issued own) {
        var tls = new Endpoint.Tls(
                AUTHORITY.pem(), own == null ? null : own.pem(), own == null ? null : own.keyPem(), true);
        return new DockerJavaEngineFactory().connect(new Endpoint("tcp://127.0.0.1:" + port, tls));
    }

    private static void assertRefused(int port, Certificates.Issued own, String message) {
        List<DockerUnavailableException> failures = IntStream.range(0, TRIES)
                .mapToObj(n -> catchThrowableOfType(DockerUnavailableException.class, () -> connect(port, own)))
                .toList();
        assertThat(failures)
                .extracting(DockerUnavailableException::why)
                .containsOnly(DockerUnavailableException.Cause.TLS_INVALID);
        assertThat(failures)
                .extracting(DockerUnavailableException::getMessage)
                .allSatisfy(actual -> assertThat(actual).contains(message));
    }
}
