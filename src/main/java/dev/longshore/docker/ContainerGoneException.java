package dev.longshore.docker;

import java.net.HttpURLConnection;

/** Someone else has removed a container during its creation. It was never bound to a job, and another one may be created. */
public final class ContainerGoneException extends DockerRefusedException {
    private static final long serialVersionUID = 1L;

    public ContainerGoneException(Throwable cause) {
        super(
                HttpURLConnection.HTTP_NOT_FOUND,
                "removed by someone else during creation, for example by docker container prune",
                cause);
    }
}
