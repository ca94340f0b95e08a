package dev.longshore.docker;

import java.net.HttpURLConnection;

/** The daemon has no such image, or not for the platform that is asked for. */
public final class ImageNotFoundException extends DockerRefusedException {
    private static final long serialVersionUID = 1L;

    public ImageNotFoundException(String message, Throwable cause) {
        super(HttpURLConnection.HTTP_NOT_FOUND, message, cause);
    }
}
