package dev.longshore.docker;

/** A call to a Docker daemon that failed. The message is fit for users: it holds no credentials and no environment. */
public abstract sealed class DockerException extends RuntimeException
        permits DockerRefusedException, DockerUnavailableException {
    private static final long serialVersionUID = 1L;

    DockerException(String message, Throwable cause) {
        super(message, cause);
    }
}
