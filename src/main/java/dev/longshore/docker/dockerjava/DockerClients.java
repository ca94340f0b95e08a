package dev.longshore.docker.dockerjava;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DockerClientImpl;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.transport.DockerHttp;
import dev.longshore.docker.transport.TlsContexts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

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

    private final TlsContexts.Tls tls;
    private final DockerHttp callsHttp;
    private final DockerHttp streamsHttp;
    private final DockerHttp filesHttp;
    private final DockerHttp pullsHttp;
    private final DockerClient calls;
    private final DockerClient streams;

    /** @param tls null without TLS */
    DockerClients(Endpoint endpoint, TlsContexts.Tls tls, DockerHttp callsHttp, String apiVersion) {
        this.tls = tls;
        this.callsHttp = callsHttp;
        this.streamsHttp = http(endpoint, tls, STREAM);
        this.filesHttp = http(endpoint, tls, FILES);
        this.pullsHttp = http(endpoint, tls, PULL);
        var settings = new ClientSettings(endpoint.uri(), apiVersion);
        this.calls = DockerClientImpl.getInstance(settings, callsHttp);
        this.streams = DockerClientImpl.getInstance(settings, streamsHttp);
    }

    /** @param tls null without TLS */
    static DockerHttp callsHttp(Endpoint endpoint, TlsContexts.Tls tls) {
        return http(endpoint, tls, CALL);
    }

    private static DockerHttp http(Endpoint endpoint, TlsContexts.Tls tls, DockerHttp.Limits limits) {
        return new DockerHttp(endpoint, tls == null ? null : tls.context(), CONNECTIONS, limits);
    }

    /** When the first of the two certificates expires, the daemon's and ours; null without TLS. */
    Instant certificateEnd() {
        return tls == null ? null : firstEnd(tls, callsHttp.certificateEnd());
    }

    /**
     * When the first of the two certificates expires, or null.
     *
     * @param daemons end, where it is known
     */
    static Instant firstEnd(TlsContexts.Tls tls, Optional<Instant> daemons) {
        return Stream.of(daemons, tls.own().notAfter())
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** Null without TLS. */
    Instant daemonsCertificateEnd() {
        return callsHttp.certificateEnd().orElse(null);
    }

    /** Null without a client certificate. */
    Instant ownCertificateEnd() {
        return tls == null ? null : tls.own().notAfter().orElse(null);
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
