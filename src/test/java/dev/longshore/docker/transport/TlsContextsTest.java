package dev.longshore.docker.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.testing.Certificates;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlsContextsTest {
    private static final Certificates AUTHORITY = new Certificates("authority");
    private static final Certificates.Issued RSA = AUTHORITY.issue("RSA", "client");
    private static final Certificates.Issued EC = AUTHORITY.issue("EC", "client");

    private static final String ENCRYPTED_KEY = """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgAAAAAAAAAAAICCAAw
            DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEAAAAAAAAAAAAAAAAAAAAAAEQAAA
            AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
            AAAAAAAAAAAAAAAAAAAAAAA=
            -----END ENCRYPTED PRIVATE KEY-----
            """;

    static Stream<Arguments> usable() {
        return Stream.of(
                Arguments.of("PKCS #1", RSA.pem(), RSA.keyPem()),
                Arguments.of("PKCS #8, RSA", RSA.pem(), RSA.keyPkcs8Pem()),
                Arguments.of("EC", EC.pem(), EC.keyPem()),
                Arguments.of("PKCS #8, EC", EC.pem(), EC.keyPkcs8Pem()),
                Arguments.of("a chain", EC.pem() + AUTHORITY.pem(), EC.keyPem()),
                Arguments.of("EC with its parameters", EC.pem(), """
                        -----BEGIN EC PARAMETERS-----
                        BggqhkjOPQMBBw==
                        -----END EC PARAMETERS-----
                        """ + EC.keyPem()),
                Arguments.of("no client certificate", null, null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("usable")
    void takesKeysOfEveryUsualKind(String kind, String certificate, String key) {
        assertThat(TlsContexts.of(new Endpoint.Tls(AUTHORITY.pem(), certificate, key, true)))
                .isNotNull();
    }

    static Stream<Arguments> unusable() {
        var ca = AUTHORITY.pem();
        return Stream.of(
                Arguments.of("ca.crt", "swordfish", null, null),
                Arguments.of("ca.crt", "", null, null),
                Arguments.of(
                        "ca.crt", "-----BEGIN CERTIFICATE-----\nc3dvcmRmaXNo\n-----END CERTIFICATE-----\n", null, null),
                Arguments.of("tls.crt", ca, "swordfish", EC.keyPem()),
                Arguments.of("tls.key", ca, EC.pem(), "swordfish"),
                Arguments.of(
                        "tls.key",
                        ca,
                        EC.pem(),
                        "-----BEGIN PRIVATE KEY-----\nswordfish!\n-----END PRIVATE KEY-----\n"),
                Arguments.of(
                        "tls.key",
                        ca,
                        EC.pem(),
                        "-----BEGIN PRIVATE KEY-----\nc3dvcmRmaXNo\n-----END PRIVATE KEY-----\n"),
                Arguments.of("tls.key", ca, EC.pem(), "-----BEGIN PRIVATE KEY-----\nc3dvcmRmaXNo\n"),
                Arguments.of("tls.key", ca, EC.pem(), EC.pem()),
                Arguments.of("tls.key is encrypted", ca, EC.pem(), ENCRYPTED_KEY),
                Arguments.of("tls.key does not match tls.crt", ca, EC.pem(), RSA.keyPem()),
                Arguments.of(
                        "tls.key does not match tls.crt",
                        ca,
                        EC.pem(),
                        AUTHORITY.issue("EC", "other").keyPem()),
                Arguments.of(
                        "tls.key does not match tls.crt",
                        ca,
                        RSA.pem(),
                        AUTHORITY.issue("RSA", "other").keyPem()),
                Arguments.of("tls.crt is set without tls.key", ca, EC.pem(), null),
                Arguments.of("tls.key is set without tls.crt", ca, null, EC.keyPem()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void saysWhichPartCannotBeUsedAndNothingOfItsContent(String message, String ca, String certificate, String key) {
        assertThatExceptionOfType(DockerUnavailableException.class)
                .isThrownBy(() -> TlsContexts.of(new Endpoint.Tls(ca, certificate, key, true)))
                .withMessageContaining(message)
                .satisfies(failure -> {
                    assertThat(failure.why()).isEqualTo(DockerUnavailableException.Cause.TLS_INVALID);
                    assertThat(failure).hasMessageNotContainingAny("swordfish", "c3dvcmRmaXNo");
                });
    }

    @Test
    void withoutVerificationTheAuthorityIsNotRead() {
        assertThat(TlsContexts.of(new Endpoint.Tls("swordfish", null, null, false)))
                .isNotNull();
    }
}
