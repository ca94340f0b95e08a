package dev.longshore.docker.transport;

import java.net.Socket;
import java.net.SocketException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509ExtendedKeyManager;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * Our side of mutual TLS: what is shown to a daemon, and whether it asked. In TLS 1.3 a daemon checks it only after our
 * side of the handshake is done, and hangs up. Whether its reason is still received, or the connection is broken or reset
 * before, is up to chance; that it asked, and closed without an answer, is not.
 */
public final class ClientCertificate extends X509ExtendedKeyManager {
    private final X509ExtendedKeyManager keys;
    private final List<X509Certificate> chain;
    private volatile boolean requested;

    /**
     * @param keys null where there is no certificate
     * @param chain empty where there is none
     */
    ClientCertificate(X509ExtendedKeyManager keys, List<X509Certificate> chain) {
        this.keys = keys;
        this.chain = List.copyOf(chain);
    }

    /** When it expires; nothing where there is none. */
    public Optional<Instant> notAfter() {
        return chain.stream().findFirst().map(own -> own.getNotAfter().toInstant());
    }

    /** What the first request to a daemon failed on, where that is the certificate. */
    public Optional<String> explain(Throwable failure, Clock clock) {
        return requested && isRefusal(failure) ? Optional.of(fault(clock.instant())) : Optional.empty();
    }

    private static boolean isRefusal(Throwable failure) {
        var hungUp = false;
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException
                    || cause instanceof CertPathBuilderException
                    || cause instanceof SSLPeerUnverifiedException) {
                // It is the daemon's certificate that we do not accept.
                return false;
            }
            hungUp |= cause instanceof SocketException
                    || cause instanceof SSLException
                    || cause instanceof NoHttpResponseException
                    || cause instanceof ConnectionClosedException
                    || mentions(cause, "broken pipe")
                    || mentions(cause, "connection reset");
        }
        return hungUp;
    }

    private static boolean mentions(Throwable failure, String message) {
        return failure.getMessage() != null
                && failure.getMessage().toLowerCase(Locale.ROOT).contains(message);
    }

    private String fault(Instant now) {
        if (chain.isEmpty()) {
            return "the daemon requires a client certificate: add tls.crt and tls.key to the Secret";
        }
        for (var certificate : chain) {
            if (now.isAfter(certificate.getNotAfter().toInstant())) {
                return "client certificate in tls.crt expired on "
                        + certificate.getNotAfter().toInstant() + ": renew it";
            }
            if (now.isBefore(certificate.getNotBefore().toInstant())) {
                return "client certificate in tls.crt is not valid before "
                        + certificate.getNotBefore().toInstant();
            }
        }
        return "the daemon rejects the client certificate, or closes the connection after the handshake: check that"
                + " tls.crt is signed by the daemon's client CA (--tlscacert)";
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
        requested = true;
        return keys == null ? null : keys.chooseClientAlias(types, issuers, socket);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return keys == null ? null : keys.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return keys == null ? null : keys.getPrivateKey(alias);
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
        return keys == null ? null : keys.getClientAliases(type, issuers);
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
        return null;
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
        return null;
    }
}
