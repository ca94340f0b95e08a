package dev.longshore.docker;

/** Someone else has removed a container while it was made. It was never bound to a job, and another one may be made. */
public final class ContainerGoneException extends DockerRefusedException {
    private static final long serialVersionUID = 1L;

    public ContainerGoneException(Throwable cause) {
        super(404, "removed by someone else during creation, for example by docker container prune", cause);
    }
}
