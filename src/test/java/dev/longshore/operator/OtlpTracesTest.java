package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.job.EndedAttempt;
import dev.longshore.job.JobKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpTracesTest {
    /** A job with a hostSelector whose image cannot be pulled. */
    @Test
    void anAttemptWithoutAHostIsTracedAsWell() {
        var attempt = new EndedAttempt(
                new JobKey("ns", "job", "uid"),
                null,
                "nosuch:1",
                1,
                null,
                JobPhase.FAILED,
                JobReason.IMAGE_PULL_FAILED,
                null,
                null,
                Instant.parse("2026-01-01T12:00:00Z"),
                List.of());
        try (var traces = OtlpTraces.open(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"))) {
            assertThatNoException().isThrownBy(() -> traces.ended(attempt));
        }
    }
}
