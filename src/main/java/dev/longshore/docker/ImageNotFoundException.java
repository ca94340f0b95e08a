package dev.longshore.docker;

/** The daemon has no such image, or not for the platform that is asked for. */
public final class ImageNotFoundException extends DockerRefusedException {
    private static final long serialVersionUID = 1L;

    public ImageNotFoundException(String message, Throwable cause) {
        super(404, message, cause);
    }
}
