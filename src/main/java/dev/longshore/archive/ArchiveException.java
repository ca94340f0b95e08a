package dev.longshore.archive;

/** A store that failed. The message is for users: it names the archive and what to do, and has no credentials. */
public final class ArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Cause {
        /** No connection, no response in time, or an error of the store's own. */
        UNAVAILABLE,
        /** Credentials are missing or wrong, or lack a permission. */
        DENIED,
        /** There is no such bucket or folder. */
        NOT_FOUND,
        /** The disk or a quota is full. */
        NO_SPACE,
        /** The object is larger than the store takes. */
        TOO_LARGE,
        /** Anything else. */
        FAILED
    }

    private final Cause why;

    public ArchiveException(Cause why, String message, Throwable cause) {
        super(message, cause);
        this.why = why;
    }

    public Cause why() {
        return why;
    }

    /** Whether the same call can succeed later, with the same bytes. */
    public boolean isRetryable() {
        return why != Cause.TOO_LARGE;
    }
}
