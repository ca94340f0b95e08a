package dev.longshore.docker.transport;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.UnixSocket;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.deadline.CallDeadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP to one daemon, over a unix socket, TCP or TLS. Uses no proxy, follows no redirect and repeats no request by
 * itself; {@link #close()} ends every request in progress, also where the daemon never answers.
 */
public final class DockerHttp implements DockerHttpClient {
    private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(5);
    /** Docker's longest headers say where a symlink of a container leads. */
    private static final int LONGEST_LINE = 1 << 16;

    private static final int MOST_HEADERS = 200;
    /** An idle connection may have been dropped by something in between. */
    private static final TimeValue LONGEST_REUSE = TimeValue.ofSeconds(60);

    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient client;
    private final HttpHost host;
    private final Limits limits;
    /** Null without TLS. */
    private final NotedCertificate certificate;

    private final AtomicLong swept = new AtomicLong(System.nanoTime());

    /**
     * What a request may take.
     *
     * @param time for the whole answer, where its call does not say; null for any
     * @param headOnly whether the time is for the head of the answer alone
     * @param bytes of the answer's body
     */
    public record Limits(Duration time, boolean headOnly, long bytes) {}

    /** @param tls null without TLS */
    public DockerHttp(Endpoint endpoint, SSLContext tls, int mostConnections, Limits limits) {
        this.limits = limits;
        var uri = URI.create(endpoint.uri());
        var unix = "unix".equals(uri.getScheme());
        host = unix
                ? new HttpHost("http", "localhost", 80)
                : new HttpHost(tls == null ? "http" : "https", uri.getHost(), uri.getPort());
        certificate = tls == null
                ? null
                : new NotedCertificate(strategy(tls, endpoint.tls().verify()));
        connections =
                connections(unix ? () -> UnixSocket.get(uri.getPath()) : Socket::new, certificate, mostConnections);
        client = client(connections);
    }

    /** Opens a socket that is not connected yet. */
    private interface Sockets {
        Socket open() throws IOException;
    }

    private static PoolingHttpClientConnectionManager connections(Sockets sockets, TlsSocketStrategy tls, int most) {
        var connections = new PoolingHttpClientConnectionManager(
                new DefaultHttpClientConnectionOperator(
                        proxy -> sockets.open(),
                        DefaultSchemePortResolver.INSTANCE,
                        SystemDefaultDnsResolver.INSTANCE,
                        scheme -> "https".equals(scheme) ? tls : null),
                null,
                null,
                null,
                ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(LONGEST_LINE)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build());
        connections.setMaxTotal(most);
        connections.setDefaultMaxPerRoute(most);
        connections.setDefaultSocketConfig(SocketConfig.custom()
                .setSoTimeout(CONNECT_TIMEOUT)
                .setSoKeepAlive(true)
                .build());
        connections.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(CONNECT_TIMEOUT)
                .setSocketTimeout(Timeout.DISABLED)
                .setTimeToLive(LONGEST_REUSE)
                .setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND)
                .build());
        return connections;
    }

    private static CloseableHttpClient client(PoolingHttpClientConnectionManager connections) {
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.DISABLED)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableConnectionState()
                .build();
    }

    private static TlsSocketStrategy strategy(SSLContext tls, boolean verify) {
        return verify
                ? new DefaultClientTlsStrategy(tls, HttpsSupport.getDefaultHostnameVerifier())
                : new DefaultClientTlsStrategy(tls, HostnameVerificationPolicy.CLIENT, NoopHostnameVerifier.INSTANCE);
    }

    /** When the daemon's certificate expires that it has shown last; nothing without TLS, or before the first request. */
    public Optional<Instant> certificateEnd() {
        return Optional.ofNullable(certificate).flatMap(NotedCertificate::notAfter);
    }

    @Override
    public DockerHttpResponse execute(Request request) {
        return execute(request, limits.bytes());
    }

    /** @param most bytes of the answer's body */
    public DockerHttpResponse execute(Request request, long most) {
        return execute(request, most, new CompletableFuture<>());
    }

    /** @param ended ends the request, whatever it waits for, once it is completed */
    public DockerHttpResponse execute(Request request, CompletableFuture<Void> ended) {
        return execute(request, limits.bytes(), ended);
    }

    private DockerHttpResponse execute(Request request, long most, CompletableFuture<Void> ended) {
        closeUnused();
        var message = new HttpUriRequestBase(request.method(), URI.create(request.path()));
        message.setScheme(host.getSchemeName());
        message.setAuthority(new URIAuthority(host.getHostName(), host.getPort()));
        request.headers().forEach(message::addHeader);
        if (request.bodyBytes() != null) {
            message.setEntity(new ByteArrayEntity(request.bodyBytes(), null));
        } else if (request.body() != null) {
            message.setEntity(new InputStreamEntity(request.body(), null));
        }
        var unused = ended.thenRun(message::abort);
        var time = limits.time() == null ? null : CallDeadline.left(limits.time());
        var deadline = new RequestDeadline(time, message::abort);
        try {
            return execute(message, deadline, most);
        } catch (IOException e) {
            deadline.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            deadline.close();
            throw e;
        }
    }

    /** After many requests at once most of their connections would stay open. */
    private void closeUnused() {
        var last = swept.get();
        var now = System.nanoTime();
        if (now - last >= TimeUnit.MILLISECONDS.toNanos(LONGEST_REUSE.toMilliseconds())
                && swept.compareAndSet(last, now)) {
            connections.closeIdle(LONGEST_REUSE);
        }
    }

    private DockerHttpResponse execute(HttpUriRequestBase message, RequestDeadline deadline, long most)
            throws IOException {
        try {
            var response = new DockerHttpResponse(
                    message, client.executeOpen(host, message, HttpCoreContext.create()), deadline, most);
            if (limits.headOnly()) {
                deadline.close();
            }
            return response;
        } catch (IOException e) {
            throw deadline.explain(e);
        } catch (RuntimeException e) {
            throw deadline.explain(e);
        }
    }

    @Override
    public void close() {
        // At once, whoever uses them: a graceful close would wait for them.
        connections.close(CloseMode.IMMEDIATE);
        client.close(CloseMode.IMMEDIATE);
    }
}
