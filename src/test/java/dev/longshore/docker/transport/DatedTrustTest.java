package dev.longshore.docker.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.longshore.testing.Certificates;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;

class DatedTrustTest {
    private static final Certificates AUTHORITY = new Certificates("authority");
    private static final Certificates STRANGER = new Certificates("stranger");

    private static DatedTrust trust() throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        store.setCertificateEntry("ca", AUTHORITY.certificate());
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return new DatedTrust((X509ExtendedTrustManager) factory.getTrustManagers()[0], Clock.systemUTC());
    }

    private static X509Certificate[] chain(Certificates.Issued issued) {
        return new X509Certificate[] {issued.certificate()};
    }

    @Test
    void theEndOfAnExpiredCertificateIsNamed() throws Exception {
        var expired = AUTHORITY.expired("daemon");
        var end = expired.certificate().getNotAfter().toInstant();
        var failure = catchThrowable(() -> trust().checkServerTrusted(chain(expired), "ECDHE_ECDSA"));
        assertThat(TlsFailures.certificateEnd(failure)).contains(end);
        assertThat(TlsFailures.explain(failure))
                .contains("the daemon's certificate expired on " + end
                        + ": renew it on the daemon's machine, and restart the daemon");
    }

    /** Whoever answers may show any date. */
    @Test
    void thatOfAStrangerIsNot() throws Exception {
        var failure =
                catchThrowable(() -> trust().checkServerTrusted(chain(STRANGER.expired("daemon")), "ECDHE_ECDSA"));
        assertThat(TlsFailures.certificateEnd(failure)).isEmpty();
        assertThat(TlsFailures.explain(failure)).contains("the daemon's certificate is not signed by ca.crt");
    }

    @Test
    void aValidOneIsTrusted() throws Exception {
        var trust = trust();
        assertThatCode(() -> trust.checkServerTrusted(chain(AUTHORITY.issue("EC", "daemon")), "ECDHE_ECDSA"))
                .doesNotThrowAnyException();
    }
}
