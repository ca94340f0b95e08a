package dev.longshore.docker.dockerjava;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.EngineFactory;
import dev.longshore.docker.deadline.CallDeadline;
import dev.longshore.docker.transport.DockerHttp;
import dev.longshore.docker.transport.TlsContexts;
import dev.longshore.docker.transport.TlsFailures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;

/** Connects by docker-java. */
public final class DockerJavaEngineFactory implements EngineFactory {
    /** The newest API version that docker-java was written for. */
    private static final RemoteApiVersion OURS = RemoteApiVersion.VERSION_1_44;

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(15);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** No daemon has that much to say of itself. */
    private static final int LONGEST_ANSWER = 1 << 20;

    private final ImagePulling.Patience pulls;
    private final LogReader.Bounds logs;

    public DockerJavaEngineFactory() {
        this(ImagePulling.Patience.USUAL, LogReader.Bounds.USUAL);
    }

    DockerJavaEngineFactory(ImagePulling.Patience pulls, LogReader.Bounds logs) {
        this.pulls = pulls;
        this.logs = logs;
    }

    @Override
    public DockerEngine connect(Endpoint endpoint) {
        var errors = new DockerErrors(endpoint);
        var tls = endpoint.tls() == null ? null : TlsContexts.of(endpoint.tls());
        var http = DockerClients.callsHttp(endpoint, tls);
        try {
            var said = errors.translate(() -> CallDeadline.within(LONGEST_CONNECT, () -> version(http, errors)));
            var dialect = supported(endpoint, EngineDialect.of(said));
            var version = agreedVersion(endpoint, said, errors);
            var clients = new DockerClients(endpoint, tls, http, version);
            return new DockerJavaEngine(
                    clients, errors, version, dialect, ReadOnlyBinds.of(said, version), pulls, logs);
        } catch (DockerException e) {
            http.close();
            throw tls == null ? e : explained(endpoint, tls, http, e);
        }
    }

    private static DockerException explained(
            Endpoint endpoint, TlsContexts.Tls tls, DockerHttp http, DockerException failure) {
        var own = tls.own().explain(failure, Clock.systemUTC()).map(message -> endpoint.uri() + ": " + message);
        var ofTls = failure instanceof DockerUnavailableException unavailable
                && unavailable.why() == DockerUnavailableException.Cause.TLS_INVALID;
        return own.isPresent() || ofTls
                ? new DockerUnavailableException(
                        DockerUnavailableException.Cause.TLS_INVALID,
                        own.orElse(failure.getMessage()),
                        failure,
                        DockerClients.firstEnd(
                                tls, TlsFailures.certificateEnd(failure).or(http::certificateEnd)))
                : failure;
    }

    private static EngineDialect supported(Endpoint endpoint, EngineDialect dialect) {
        dialect.unsupported().ifPresent(why -> {
            throw new DockerUnavailableException(
                    DockerUnavailableException.Cause.UNSUPPORTED_API, endpoint.uri() + ": " + why, null);
        });
        return dialect;
    }

    /** The lower of the daemon's newest version and ours. */
    private static String agreedVersion(Endpoint endpoint, JsonNode answer, DockerErrors errors) {
        var newest = RemoteApiVersion.parseConfigWithDefault(
                answer.path("ApiVersion").asText());
        var oldest = RemoteApiVersion.parseConfigWithDefault(
                answer.path("MinAPIVersion").asText());
        if (newest == RemoteApiVersion.UNKNOWN_VERSION) {
            throw errors.garbage(200, "", null);
        }
        if (oldest != RemoteApiVersion.UNKNOWN_VERSION && oldest.isGreater(OURS)) {
            throw new DockerUnavailableException(
                    DockerUnavailableException.Cause.UNSUPPORTED_API,
                    endpoint.uri() + ": the daemon requires API version " + oldest.getVersion()
                            + " or later, Longshore supports up to " + OURS.getVersion()
                            + ": upgrade Longshore",
                    null);
        }
        return (newest.isGreater(OURS) ? OURS : newest).getVersion();
    }

    private static JsonNode version(DockerHttp http, DockerErrors errors) {
        var request = DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.GET)
                .path("/version")
                .build();
        try (var response = http.execute(request);
                InputStream stream = response.getBody()) {
            var body = stream.readNBytes(LONGEST_ANSWER);
            var answer = response.isOk() ? JSON.readTree(body) : null;
            if (answer == null || !answer.isObject()) {
                throw errors.garbage(response.getStatusCode(), new String(body, StandardCharsets.UTF_8), null);
            }
            return answer;
        } catch (IOException e) {
            throw errors.of(e);
        }
    }
}
