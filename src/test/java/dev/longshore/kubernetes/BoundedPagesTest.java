package dev.longshore.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BoundedPagesTest {
    private static final String JOBS = "https://server/apis/longshore.dev/v1/containerjobs?limit=50&continue=a%3D";
    private static final Pattern LIMIT = Pattern.compile("limit=(\\d+)");

    private final Server server = new Server();
    private final BoundedPages pages = new BoundedPages(server);

    /** One whose resources are all of one size. */
    private static final class Server extends SharedHttp {
        private final List<Integer> limits = new ArrayList<>();
        private int resourceBytes;
        private long sent;

        Server() {
            super(null);
        }

        @Override
        public CompletableFuture<HttpResponse<AsyncBody>> consumeBytes(
                HttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            var found = LIMIT.matcher(request.uri().getQuery());
            assertThat(found.find()).isTrue();
            limits.add(Integer.valueOf(found.group(1)));
            var body = new Body(consumer, limits.get(limits.size() - 1));
            return CompletableFuture.completedFuture(new Answer(request, body));
        }

        private final class Body implements AsyncBody {
            private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
            private final CompletableFuture<Void> done = new CompletableFuture<>();
            private int left;

            Body(AsyncBody.Consumer<List<ByteBuffer>> consumer, int resources) {
                this.consumer = consumer;
                this.left = resources;
            }

            @Override
            public void consume() {
                if (left-- == 0) {
                    done.complete(null);
                    return;
                }
                sent += resourceBytes;
                try {
                    consumer.consume(List.of(ByteBuffer.allocate(resourceBytes)), this);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public CompletableFuture<Void> done() {
                return done;
            }

            @Override
            public void cancel() {
                done.cancel(false);
            }
        }
    }

    private record Answer(HttpRequest request, AsyncBody body) implements HttpResponse<AsyncBody> {
        @Override
        public int code() {
            return 200;
        }

        @Override
        public Optional<HttpResponse<?>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public List<String> headers(String key) {
            return List.of();
        }

        @Override
        public Map<String, List<String>> headers() {
            return Map.of();
        }
    }

    private byte[] list() {
        return list(JOBS);
    }

    private byte[] list(String url) {
        return pages.sendAsync(new StandardHttpRequest(Map.of(), URI.create(url), "GET", null), byte[].class)
                .join()
                .body();
    }

    @Test
    void aPageThatIsTooLargeIsAskedForAgainWithFewer() {
        server.resourceBytes = 1_000_000;
        assertThat(list()).hasSize(1_000_000);
        assertThat(server.limits).containsExactly(50, 12, 3, 1);
        // What was too large was not read to its end.
        assertThat(server.sent).isLessThan(12_000_000);
        assertThat(list()).hasSize(1_000_000);
        assertThat(server.limits).endsWith(1);
    }

    @Test
    void aResourceThatIsLargerThanAPageIsReadAlone() {
        server.resourceBytes = 3_000_000;
        assertThat(list()).hasSize(3_000_000);
    }

    @Test
    void smallResourcesComeInLargerAndLargerPages() {
        server.resourceBytes = 100;
        for (var i = 0; i < 6; i++) {
            list();
        }
        assertThat(server.limits).containsExactly(50, 100, 200, 400, 500, 500);
    }

    @Test
    void whoeverAsksForFewIsSentNoMore() {
        server.resourceBytes = 100;
        assertThat(list(JOBS.replace("limit=50", "limit=1"))).hasSize(100);
        list();
        list(JOBS.replace("limit=50", "limit=7"));
        list();
        assertThat(server.limits).containsExactly(1, 50, 7, 100);
    }

    @Test
    void theRestOfAQuestionStaysAsItIs() {
        assertThat(BoundedPages.withLimit(URI.create(JOBS), 7))
                .hasToString("https://server/apis/longshore.dev/v1/containerjobs?continue=a%3D&limit=7");
    }
}
