package dev.longshore.docker;

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

    public DockerUnavailableException(Cause why, String message, Throwable cause) {
        super(message, cause);
        this.why = why;
    }

    public Cause why() {
        return why;
    }
}
