package dev.longshore.docker;

/** The daemon answered, and the answer was no. */
public sealed class DockerRefusedException extends DockerException
        permits ContainerGoneException, ImageNotFoundException, NetworkNotFoundException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status the HTTP status, or 0 where the refusal came inside a stream
     * @param message the daemon's own words
     */
    public DockerRefusedException(int status, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
