package dev.longshore.docker.transport;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Says which side of a TLS handshake was not content, and with what. */
public final class TlsFailures {
    private TlsFailures() {}

    /** Nothing where TLS is not at fault. */
    public static Optional<String> explain(Throwable failure) {
        var causes =
                Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
        // Java 25 names the alert that it sends itself, too: what is wrong with a certificate goes first.
        return first(causes, TlsFailures::explainCertificate)
                .or(() -> first(causes, TlsFailures::explainAlert))
                .or(() -> causes.stream().anyMatch(SSLException.class::isInstance)
                        ? Optional.of("TLS handshake failed: " + message(failure))
                        : Optional.empty());
    }

    /** When the daemon's certificate, or one of its issuers', expired, where that is the failure. */
    public static Optional<Instant> certificateEnd(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(ExpiredCertificateException.class::isInstance)
                .map(cause -> ((ExpiredCertificateException) cause).end())
                .findFirst();
    }

    private static Optional<String> first(List<Throwable> causes, Function<Throwable, Optional<String>> explanation) {
        return causes.stream().map(explanation).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> explainCertificate(Throwable cause) {
        if (cause instanceof ExpiredCertificateException expired) {
            return Optional.of((expired.isDaemons() ? "the daemon's certificate" : "the certificate of the daemon's CA")
                    + " expired on " + expired.end() + ": renew it on the daemon's machine, and restart the daemon");
        }
        if (cause instanceof CertificateExpiredException) {
            return Optional.of("the daemon's certificate, or one of its issuers', has expired");
        }
        if (cause instanceof CertificateNotYetValidException) {
            return Optional.of("the daemon's certificate is not valid yet");
        }
        if (cause instanceof CertPathBuilderException) {
            return Optional.of("the daemon's certificate is not signed by ca.crt");
        }
        if (cause instanceof SSLPeerUnverifiedException) {
            return Optional.of("the daemon's certificate is for a different host name: " + cause.getMessage());
        }
        return Optional.empty();
    }

    private static Optional<String> explainAlert(Throwable cause) {
        return cause instanceof SSLException ? meaningOf(message(cause).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static Optional<String> meaningOf(String message) {
        if (message.contains("unsupported or unrecognized ssl message") || message.contains("plaintext connection")) {
            return Optional.of("the daemon does not use TLS on this port: remove spec.tls or correct the port");
        }
        if (message.contains("certificate_required") || message.contains("bad_certificate")) {
            return Optional.of("the daemon requires a client certificate that it trusts: check tls.crt and tls.key");
        }
        if (message.contains("unknown_ca")
                || message.contains("certificate_unknown")
                || message.contains("unknown_certificate")
                || message.contains("received fatal alert: handshake_failure")) {
            return Optional.of("the daemon rejects the client certificate: check tls.crt and tls.key");
        }
        return Optional.empty();
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
