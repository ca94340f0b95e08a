package dev.longshore.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Reads the body of an answer, or gives it up as soon as it is larger than it may be. Fed by one thread at a time. */
final class BoundedBody implements AsyncBody.Consumer<List<ByteBuffer>> {
    private final long most;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Boolean> fits = new CompletableFuture<>();

    BoundedBody(long most) {
        this.most = most;
    }

    @Override
    public synchronized void consume(List<ByteBuffer> buffers, AsyncBody body) {
        for (var buffer : buffers) {
            if (bytes.size() + buffer.remaining() > most) {
                fits.complete(false);
                bytes.reset();
                body.cancel();
                return;
            }
            var some = new byte[buffer.remaining()];
            buffer.get(some);
            bytes.write(some, 0, some.length);
        }
        body.consume();
    }

    /** The answer; nothing where it is too large. */
    CompletableFuture<Optional<HttpResponse<byte[]>>> read(HttpResponse<AsyncBody> response) {
        response.body().done().whenComplete((done, failure) -> {
            if (failure == null) {
                fits.complete(true);
            } else {
                fits.completeExceptionally(failure);
            }
        });
        response.body().consume();
        return fits.thenApply(fit -> fit ? Optional.of(new Whole(response, content())) : Optional.empty());
    }

    private synchronized byte[] content() {
        return bytes.toByteArray();
    }

    /** An answer with its body. */
    private record Whole(HttpResponse<AsyncBody> response, byte[] body) implements HttpResponse<byte[]> {
        @Override
        public int code() {
            return response.code();
        }

        @Override
        public HttpRequest request() {
            return response.request();
        }

        @Override
        public Optional<HttpResponse<?>> previousResponse() {
            return response.previousResponse();
        }

        @Override
        public List<String> headers(String key) {
            return response.headers(key);
        }

        @Override
        public Map<String, List<String>> headers() {
            return response.headers();
        }
    }
}
