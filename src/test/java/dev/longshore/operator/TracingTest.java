package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.job.JobTraces;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingTest {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String COLLECTOR = "http://127.0.0.1:1";

    @Test
    void isOffByDefault() {
        assertThat(Tracing.of(Map.of())).isSameAs(JobTraces.NONE);
        assertThat(Tracing.of(Map.of("OTEL_SERVICE_NAME", "other", ENDPOINT, " ")))
                .isSameAs(JobTraces.NONE);
        assertThat(Tracing.of(Map.of(ENDPOINT, COLLECTOR, "OTEL_TRACES_EXPORTER", "none")))
                .isSameAs(JobTraces.NONE);
        assertThat(Tracing.of(Map.of(ENDPOINT, COLLECTOR, "OTEL_SDK_DISABLED", "true")))
                .isSameAs(JobTraces.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_ENDPOINT, http://collector:4318",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, https://collector/traces",
        "OTEL_TRACES_EXPORTER, otlp"
    })
    void isOnByTheStandardVariables(String name, String value) {
        var traces = Tracing.of(Map.of(name, value));
        assertThat(traces).isInstanceOf(OtlpTraces.class);
        traces.close();
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_TRACES_EXPORTER, s3cret",
        "OTEL_EXPORTER_OTLP_ENDPOINT, s3cret:4318",
        "OTEL_EXPORTER_OTLP_ENDPOINT, ftp://s3cret",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, http://user:s3cret@some where",
        "OTEL_EXPORTER_OTLP_PROTOCOL, grpc",
        "OTEL_EXPORTER_OTLP_HEADERS, s3cret",
        "OTEL_EXPORTER_OTLP_COMPRESSION, lz",
        "OTEL_EXPORTER_OTLP_CERTIFICATE, /none/here",
        "OTEL_BSP_SCHEDULE_DELAY, soon",
        "OTEL_BSP_MAX_QUEUE_SIZE, -1",
        "OTEL_TRACES_SAMPLER, some",
        "OTEL_RESOURCE_ATTRIBUTES, s3cret"
    })
    void aBadSettingIsNamed(String name, String value) {
        var environment = name.equals(ENDPOINT) ? Map.of(name, value) : Map.of(ENDPOINT, COLLECTOR, name, value);
        assertThatThrownBy(() -> Tracing.of(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .contains(name)
                .doesNotContain("s3cret", "\n");
    }
}
