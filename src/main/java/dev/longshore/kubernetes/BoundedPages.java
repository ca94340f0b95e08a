package dev.longshore.kubernetes;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists our kinds in pages that are bounded in bytes: one that turns out to be larger is not read to its end but asked for
 * again with fewer resources, down to a single one. So what strangers wrote is never in memory as a whole.
 */
final class BoundedPages extends SharedHttp {
    /** Resources in the first page. */
    static final int FIRST = 50;

    static final int MOST = 500;
    static final long BYTES = 2 * 1024 * 1024;

    private static final String LIMIT = "limit=";
    private static final Predicate<String> FEW =
            Pattern.compile("[1-9]|[1-4][0-9]").asMatchPredicate();
    private static final String KINDS = "/apis/longshore.dev/v1/";

    private static final int LESS = 4;
    private static final int MORE = 2;

    /** By the path of the list: as many as there are kinds and watched namespaces. */
    private final Map<String, Integer> limits = new ConcurrentHashMap<>();

    BoundedPages(HttpClient owned) {
        super(owned);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, Class<T> type) {
        if (type != byte[].class || !isList(request)) {
            return super.sendAsync(request, type);
        }
        return (CompletableFuture<HttpResponse<T>>) (CompletableFuture<?>) page(
                (StandardHttpRequest) request, limits.getOrDefault(request.uri().getPath(), FIRST));
    }

    /** Whoever asks for fewer than lists begin with wants no more. */
    private static int requestedLimit(URI uri) {
        return Arrays.stream(uri.getRawQuery().split("&"))
                .filter(part -> part.startsWith(LIMIT))
                .map(part -> part.substring(LIMIT.length()))
                .filter(FEW)
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(MOST);
    }

    private static boolean isList(HttpRequest request) {
        var uri = request.uri();
        return request.method().equals("GET")
                && uri.getPath().contains(KINDS)
                && uri.getRawQuery() != null
                && Arrays.stream(uri.getRawQuery().split("&")).anyMatch(part -> part.startsWith(LIMIT));
    }

    private CompletableFuture<HttpResponse<byte[]>> page(StandardHttpRequest request, int usual) {
        var path = request.uri().getPath();
        var requestedLimit = requestedLimit(request.uri());
        var limit = Math.min(usual, requestedLimit);
        var body = new BoundedBody(limit == 1 ? Long.MAX_VALUE : BYTES);
        var page = request.newBuilder().uri(withLimit(request.uri(), limit)).build();
        return consumeBytes(page, body)
                .thenCompose(response -> body.read(response))
                .thenCompose(answer -> {
                    if (answer.isEmpty()) {
                        var fewer = Math.max(1, limit / LESS);
                        limits.put(path, fewer);
                        return page(request, fewer);
                    }
                    if (requestedLimit > limit && answer.get().body().length < BYTES / LESS) {
                        limits.put(path, Math.min(MOST, limit * MORE));
                    }
                    return CompletableFuture.completedFuture(answer.get());
                });
    }

    static URI withLimit(URI uri, int limit) {
        var query = Stream.concat(
                        Arrays.stream(uri.getRawQuery().split("&")).filter(part -> !part.startsWith(LIMIT)),
                        Stream.of(LIMIT + limit))
                .collect(Collectors.joining("&"));
        var text = uri.toString();
        return URI.create(text.substring(0, text.indexOf('?') + 1) + query);
    }
}
