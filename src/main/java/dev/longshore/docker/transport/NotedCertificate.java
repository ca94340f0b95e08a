package dev.longshore.docker.transport;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Notes how long the certificate is valid that a daemon shows in each handshake that succeeds. Safe for use by several threads. */
final class NotedCertificate implements TlsSocketStrategy {
    private final TlsSocketStrategy strategy;
    private volatile Instant notAfter;

    NotedCertificate(TlsSocketStrategy strategy) {
        this.strategy = strategy;
    }

    @Override
    public SSLSocket upgrade(Socket socket, String target, int port, Object attachment, HttpContext context)
            throws IOException {
        var secured = strategy.upgrade(socket, target, port, attachment, context);
        // Its own certificate is the first, followed by those of its issuers.
        if (secured.getSession().getPeerCertificates()[0] instanceof X509Certificate shown) {
            notAfter = shown.getNotAfter().toInstant();
        }
        return secured;
    }

    /** Of the last handshake; nothing before the first. */
    Optional<Instant> notAfter() {
        return Optional.ofNullable(notAfter);
    }
}
