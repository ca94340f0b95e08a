package dev.longshore.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DockerClientImpl;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** One client for calls, one for streams that may be silent for long, one for pulls: none waits for another's connections. */
final class DockerClients implements AutoCloseable {
    /** Behind the deadline that each call has anyway, and ahead of it for a connection that was cut silently. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private static final int CONNECTIONS = 32;

    private final DockerHttp callsHttp;
    private final DockerHttp streamsHttp;
    private final DockerHttp pullsHttp;
    private final DockerClient calls;
    private final DockerClient streams;

    DockerClients(Endpoint endpoint, SSLContext tls, DockerHttp callsHttp, String apiVersion) {
        this.callsHttp = callsHttp;
        this.streamsHttp = new DockerHttp(endpoint, tls, CONNECTIONS, null);
        this.pullsHttp = new DockerHttp(endpoint, tls, CONNECTIONS, null);
        var settings = new ClientSettings(endpoint.uri(), apiVersion);
        this.calls = DockerClientImpl.getInstance(settings, callsHttp);
        this.streams = DockerClientImpl.getInstance(settings, streamsHttp);
    }

    static DockerHttp callsHttp(Endpoint endpoint, SSLContext tls) {
        return new DockerHttp(endpoint, tls, CONNECTIONS, LONGEST_SILENCE);
    }

    /** For what docker-java does not know. */
    DockerHttp callsHttp() {
        return callsHttp;
    }

    DockerClient calls() {
        return calls;
    }

    DockerClient streams() {
        return streams;
    }

    /** For answers that docker-java reads in another way than is wanted. */
    DockerHttp streamsHttp() {
        return streamsHttp;
    }

    DockerHttp pullsHttp() {
        return pullsHttp;
    }

    @Override
    public void close() {
        callsHttp.close();
        streamsHttp.close();
        pullsHttp.close();
    }
}
