package dev.longshore.docker.dockerjava;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DockerClientImpl;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.transport.DockerHttp;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** A client for each kind of answer: none waits for another's connections, and each has its own limits. */
final class DockerClients implements AutoCloseable {
    /** For calls that are not made by the workers of a host, whose calls have deadlines of their own. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(60);

    /** A stream that may be silent for long is accepted at once. */
    private static final Duration LONGEST_OPENING = Duration.ofSeconds(30);

    /** What is longer is read piece by piece, by our own code. */
    private static final DockerHttp.Limits CALL = new DockerHttp.Limits(LONGEST_CALL, false, 1 << 20);

    private static final DockerHttp.Limits STREAM = new DockerHttp.Limits(LONGEST_OPENING, true, Long.MAX_VALUE);
    /** Read in pieces, each of which is bounded. */
    private static final DockerHttp.Limits FILES = new DockerHttp.Limits(LONGEST_CALL, false, Long.MAX_VALUE);
    /** A registry takes its time. */
    private static final DockerHttp.Limits PULL = new DockerHttp.Limits(null, false, Long.MAX_VALUE);

    /** More than ever run at once. */
    private static final int CONNECTIONS = 256;

    private final DockerHttp callsHttp;
    private final DockerHttp streamsHttp;
    private final DockerHttp filesHttp;
    private final DockerHttp pullsHttp;
    private final DockerClient calls;
    private final DockerClient streams;

    DockerClients(Endpoint endpoint, SSLContext tls, DockerHttp callsHttp, String apiVersion) {
        this.callsHttp = callsHttp;
        this.streamsHttp = new DockerHttp(endpoint, tls, CONNECTIONS, STREAM);
        this.filesHttp = new DockerHttp(endpoint, tls, CONNECTIONS, FILES);
        this.pullsHttp = new DockerHttp(endpoint, tls, CONNECTIONS, PULL);
        var settings = new ClientSettings(endpoint.uri(), apiVersion);
        this.calls = DockerClientImpl.getInstance(settings, callsHttp);
        this.streams = DockerClientImpl.getInstance(settings, streamsHttp);
    }

    static DockerHttp callsHttp(Endpoint endpoint, SSLContext tls) {
        return new DockerHttp(endpoint, tls, CONNECTIONS, CALL);
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

    /** For what is read from a container's file system. */
    DockerHttp filesHttp() {
        return filesHttp;
    }

    DockerHttp pullsHttp() {
        return pullsHttp;
    }

    @Override
    public void close() {
        callsHttp.close();
        streamsHttp.close();
        filesHttp.close();
        pullsHttp.close();
    }
}
