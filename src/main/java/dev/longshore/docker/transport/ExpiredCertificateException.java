package dev.longshore.docker.transport;

import java.security.cert.CertificateException;
import java.time.Instant;

/** A certificate that a daemon shows has expired. */
final class ExpiredCertificateException extends CertificateException {
    private static final long serialVersionUID = 1L;

    private final boolean isDaemons;
    private final Instant end;

    /** @param isDaemons whether it is the daemon's own, and not an issuer's */
    ExpiredCertificateException(boolean isDaemons, Instant end, Throwable cause) {
        super("certificate expired on " + end, cause);
        this.isDaemons = isDaemons;
        this.end = end;
    }

    boolean isDaemons() {
        return isDaemons;
    }

    Instant end() {
        return end;
    }
}
