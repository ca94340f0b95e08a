package dev.longshore.docker;

import java.net.HttpURLConnection;

/** The daemon has no network of that name. */
public final class NetworkNotFoundException extends DockerRefusedException {
    private static final long serialVersionUID = 1L;

    private final String network;

    public NetworkNotFoundException(String network, Throwable cause) {
        super(HttpURLConnection.HTTP_NOT_FOUND, "network " + network + " not found", cause);
        this.network = network;
    }

    public String network() {
        return network;
    }
}
