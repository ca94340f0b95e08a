package dev.longshore.operator;

import dev.longshore.api.JobPhase;
import dev.longshore.job.EndedAttempt;
import dev.longshore.job.JobTraces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sends a trace of each attempt to an OpenTelemetry collector, in batches and from a thread of its own. Spans that it does
 * not take in time are dropped.
 */
final class OtlpTraces implements JobTraces {
    private static final String PREFIX = "OTEL_";
    private static final Pattern PROPERTY = Pattern.compile("\\botel(\\.[a-z]+)+");
    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
    private static final long LONGEST_CLOSE_SECONDS = 2;

    /** What can be nothing else: the jar has one exporter, with one protocol, and metrics are for Prometheus. */
    private static final Map<String, String> FIXED = Map.of(
            "otel.traces.exporter", "otlp",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.exporter.otlp.traces.protocol", "http/protobuf",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.propagators", "none");

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;

    private OtlpTraces(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("dev.longshore");
    }

    /** @throws IllegalArgumentException for a setting that cannot be used */
    static OtlpTraces open(Map<String, String> environment) {
        OpenTelemetryLog.follow();
        try {
            return new OtlpTraces(AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> properties(environment))
                    .addPropertiesCustomizer(config -> FIXED)
                    .addResourceCustomizer((resource, config) -> named(resource))
                    .build()
                    .getOpenTelemetrySdk());
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(message(e, environment), e);
        }
    }

    private static Map<String, String> properties(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(PREFIX))
                .collect(Collectors.toMap(
                        variable -> variable.getKey().toLowerCase(Locale.ROOT).replace('_', '.'), Map.Entry::getValue));
    }

    /** The library's words, of the variable instead of the property; where they name none, it is one of those set. */
    private static String message(ConfigurationException problem, Map<String, String> environment) {
        var unnamed = problem.getCause() != null && !problem.getMessage().contains("otel.");
        var cause = unnamed ? problem.getCause() : problem;
        var message = PROPERTY.matcher(String.valueOf(cause.getMessage()))
                .replaceAll(name -> name.group().toUpperCase(Locale.ROOT).replace('.', '_'));
        if (message.contains(PREFIX)) {
            return message;
        }
        var names = new TreeSet<>(environment.keySet());
        names.removeIf(name -> !name.startsWith(PREFIX));
        return "one of " + String.join(", ", names) + " is invalid: " + message;
    }

    private static Resource named(Resource resource) {
        var version = OtlpTraces.class.getPackage().getImplementationVersion();
        var ours = Resource.builder();
        if (version != null) {
            ours.put("service.version", version);
        }
        var name = resource.getAttribute(SERVICE_NAME);
        return ours.build()
                .merge(resource)
                .merge(
                        name == null || name.startsWith("unknown_service")
                                ? Resource.builder()
                                        .put(SERVICE_NAME, "longshore")
                                        .build()
                                : Resource.empty());
    }

    @Override
    public void ended(EndedAttempt attempt) {
        var from = attempt.spans().isEmpty()
                ? attempt.stored()
                : attempt.spans().get(0).from();
        var root = tracer.spanBuilder("longshore.attempt")
                .setNoParent()
                .setStartTimestamp(from)
                .startSpan();
        describe(root, attempt);
        var parent = Context.root().with(root);
        for (var part : attempt.spans()) {
            tracer.spanBuilder(part.name())
                    .setParent(parent)
                    .setStartTimestamp(part.from())
                    .startSpan()
                    .end(part.until());
        }
        root.end(attempt.stored());
    }

    /** Names and numbers alone: no message, no command, no environment. An attribute that is null is left out. */
    private static void describe(Span span, EndedAttempt attempt) {
        span.setAttribute("k8s.namespace.name", attempt.job().namespace())
                .setAttribute("longshore.job", attempt.job().name())
                .setAttribute(
                        "longshore.host",
                        attempt.host() == null ? null : attempt.host().toString())
                .setAttribute("longshore.template", attempt.template())
                .setAttribute("longshore.attempt", attempt.attempt())
                .setAttribute("longshore.phase", attempt.phase().toString())
                .setAttribute("longshore.reason", attempt.reason().value())
                .setAttribute("container.id", attempt.containerID())
                .setAttribute("container.image.name", attempt.image());
        if (attempt.exitCode() != null) {
            span.setAttribute("process.exit.code", attempt.exitCode());
        }
        if (attempt.phase() == JobPhase.FAILED) {
            span.setAttribute("error.type", attempt.reason().value()).setStatus(StatusCode.ERROR);
        }
    }

    @Override
    public void close() {
        sdk.shutdown().join(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
