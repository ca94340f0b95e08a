package dev.longshore.docker;

import java.net.HttpURLConnection;

/** The daemon refused a request. */
public sealed class DockerRefusedException extends DockerException
        permits ContainerGoneException, ImageNotFoundException, NetworkNotFoundException {
    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY_REQUESTS = 429;

    /** Null where there was none. */
    private final Integer status;

    /** A refusal that is no HTTP error: it came inside a stream, or no request of that kind can succeed. */
    public DockerRefusedException(String message, Throwable cause) {
        super(message, cause);
        this.status = null;
    }

    /**
     * @param status of the HTTP response
     * @param message the daemon's own words
     */
    public DockerRefusedException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** Whether the daemon answered a request with an HTTP error. */
    public boolean isHttpError() {
        return status != null;
    }

    /** There is no such object. */
    public boolean isNotFound() {
        return is(HttpURLConnection.HTTP_NOT_FOUND);
    }

    /** The name is taken, or the object is in a state that does not allow it. */
    public boolean isConflict() {
        return is(HttpURLConnection.HTTP_CONFLICT);
    }

    public boolean isTooManyRequests() {
        return is(TOO_MANY_REQUESTS);
    }

    public boolean isNotImplemented() {
        return is(HttpURLConnection.HTTP_NOT_IMPLEMENTED);
    }

    public boolean isServerError() {
        return status != null && status >= HttpURLConnection.HTTP_INTERNAL_ERROR;
    }

    private boolean is(int code) {
        return status != null && status == code;
    }
}
