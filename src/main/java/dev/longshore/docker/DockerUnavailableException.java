package dev.longshore.docker;

import java.time.Instant;
import java.util.Optional;

/** The daemon could not be reached, or its response could not be understood. The request may have taken effect or not. */
public final class DockerUnavailableException extends DockerException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Cause {
        /** No connection, no answer in time, or an answer that is not Docker's. */
        UNREACHABLE,
        /** The TLS handshake failed, or the certificates cannot be read. */
        TLS_INVALID,
        /** The daemon speaks no API version that we do. */
        UNSUPPORTED_API
    }

    private final Cause why;
    private final Instant certificateEnd;

    public DockerUnavailableException(Cause why, String message, Throwable cause) {
        this(why, message, cause, null);
    }

    /** @param certificateEnd as {@link #certificateEnd()}, or null */
    public DockerUnavailableException(Cause why, String message, Throwable cause, Instant certificateEnd) {
        super(message, cause);
        this.why = why;
        this.certificateEnd = certificateEnd;
    }

    /** When the first of the certificates expires, or has expired, with which TLS failed, as far as they are known. */
    public Optional<Instant> certificateEnd() {
        return Optional.ofNullable(certificateEnd);
    }

    public Cause why() {
        return why;
    }
}
