package dev.longshore.cli.daemon;

/** Why something cannot be had from a daemon, in words for the person. */
public final class OutOfReachException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param cause null where the daemon was not the problem */
    public OutOfReachException(String message, Throwable cause) {
        super(message, cause);
    }
}
