package dev.longshore.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.groupingBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** An OpenTelemetry collector that keeps the traces that it is sent. */
public final class OtlpReceiver implements AutoCloseable {
    private final List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    public OtlpReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            bodies.add(body);
            requests.add(ExportTraceServiceRequest.parseFrom(body));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** What an operator needs to send its traces here, without waiting for more of them. */
    public Map<String, String> environment() {
        return Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "OTEL_BSP_SCHEDULE_DELAY",
                "50");
    }

    /** A root and the spans below it. */
    public record Trace(Span root, List<Span> children) {
        /** The names of the children in the order in which they begin. */
        public List<String> parts() {
            return children.stream().map(Span::getName).toList();
        }

        /** Text or number; empty where there is none. */
        public String attribute(String key) {
            return root.getAttributesList().stream()
                    .filter(attribute -> attribute.getKey().equals(key))
                    .map(attribute -> attribute.getValue().hasIntValue()
                            ? Long.toString(attribute.getValue().getIntValue())
                            : attribute.getValue().getStringValue())
                    .findFirst()
                    .orElse("");
        }

        public boolean isError() {
            return root.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
        }

        /** Whether each child is within the root and none begins before the one before it has ended. */
        public boolean isInOrder() {
            var times = Stream.of(
                            Stream.of(root.getStartTimeUnixNano()),
                            children.stream()
                                    .flatMap(span -> Stream.of(span.getStartTimeUnixNano(), span.getEndTimeUnixNano())),
                            Stream.of(root.getEndTimeUnixNano()))
                    .flatMap(each -> each)
                    .toList();
            return times.equals(times.stream().sorted().toList());
        }
    }

    /** The traces of a job, once there are so many. */
    public List<Trace> await(String job, int count) {
        return Awaitility.await().until(() -> of(job), traces -> traces.size() == count);
    }

    private List<Trace> of(String job) {
        return spans().collect(groupingBy(Span::getTraceId)).values().stream()
                .map(OtlpReceiver::trace)
                .filter(trace -> trace.attribute("longshore.job").equals(job))
                .sorted(Comparator.comparing(trace -> trace.root().getStartTimeUnixNano()))
                .toList();
    }

    private static Trace trace(List<Span> spans) {
        var root = spans.stream()
                .filter(span -> span.getParentSpanId().isEmpty())
                .findFirst()
                .orElse(Span.getDefaultInstance());
        var children = spans.stream()
                .filter(span -> span.getParentSpanId().equals(root.getSpanId()))
                .sorted(Comparator.comparing(Span::getStartTimeUnixNano).thenComparing(Span::getEndTimeUnixNano))
                .toList();
        return new Trace(root, children);
    }

    private Stream<Span> spans() {
        return requests.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream());
    }

    /** What the spans are said to come from. */
    public Resource resource() {
        return requests.get(0).getResourceSpans(0).getResource();
    }

    /** All bytes, a character each: text in them can be read. */
    public String received() {
        return bodies.stream().map(body -> new String(body, ISO_8859_1)).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
