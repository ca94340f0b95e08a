package dev.longshore.operator;

import dev.longshore.job.JobTraces;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;

/**
 * Whether traces are sent, by OpenTelemetry's own environment variables. Nothing of its library is loaded while they are
 * not.
 */
public final class Tracing {
    private static final String EXPORTER = "OTEL_TRACES_EXPORTER";
    private static final List<String> ENDPOINTS =
            List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
    private static final List<String> PROTOCOLS =
            List.of("OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL");

    private final Map<String, String> environment;

    private Tracing(Map<String, String> environment) {
        this.environment = environment;
    }

    /** @throws IllegalArgumentException for a setting that cannot be used, with the name of its variable and never its value */
    public static JobTraces of(Map<String, String> environment) {
        var tracing = new Tracing(environment);
        if (!tracing.isOn()) {
            return JobTraces.NONE;
        }
        ENDPOINTS.forEach(tracing::checkEndpoint);
        PROTOCOLS.forEach(tracing::checkProtocol);
        return OtlpTraces.open(environment);
    }

    private boolean isOn() {
        var exporter = value(EXPORTER);
        if (value("OTEL_SDK_DISABLED").equalsIgnoreCase("true") || exporter.equals("none")) {
            return false;
        }
        if (!exporter.isEmpty() && !exporter.equals("otlp")) {
            throw new IllegalArgumentException(EXPORTER + " must be otlp, or none to disable traces");
        }
        return !exporter.isEmpty()
                || ENDPOINTS.stream().anyMatch(name -> !value(name).isEmpty());
    }

    private void checkEndpoint(String name) {
        if (!value(name).isEmpty() && !isUrl(value(name))) {
            throw new IllegalArgumentException(name + " must be a URL such as http://collector:4318");
        }
    }

    private static boolean isUrl(String text) {
        try {
            var url = new URI(text);
            return ("http".equals(url.getScheme()) || "https".equals(url.getScheme())) && url.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void checkProtocol(String name) {
        var protocol = value(name);
        if (!protocol.isEmpty() && !protocol.equals("http/protobuf")) {
            throw new IllegalArgumentException(name + " must be http/protobuf, with the collector's HTTP port, 4318");
        }
    }

    private String value(String name) {
        return environment.getOrDefault(name, "").strip();
    }
}
