package dev.longshore.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The connections of another client, which alone closes them. */
class SharedHttp implements HttpClient {
    private final HttpClient owned;

    SharedHttp(HttpClient owned) {
        this.owned = owned;
    }

    @Override
    public void close() {
        // They are somebody else's.
    }

    @Override
    public DerivedClientBuilder newBuilder() {
        return owned.newBuilder();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, Class<T> type) {
        return owned.sendAsync(request, type);
    }

    @Override
    public CompletableFuture<HttpResponse<AsyncBody>> consumeBytes(
            HttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        return owned.consumeBytes(request, consumer);
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return owned.newWebSocketBuilder();
    }

    @Override
    public HttpRequest.Builder newHttpRequestBuilder() {
        return owned.newHttpRequestBuilder();
    }

    @Override
    public boolean isClosed() {
        return owned.isClosed();
    }
}
