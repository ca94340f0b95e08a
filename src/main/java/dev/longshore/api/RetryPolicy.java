package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Retry policy for failed attempts. */
@ApiObject
@RecordBuilder
public record RetryPolicy(
        @Default("0")
        @Min(0)
        @Max(RetryPolicy.HIGHEST_LIMIT)
        @JsonPropertyDescription("Maximum number of retries after the first attempt.")
        Integer limit,

        @Default("10")
        @Min(0)
        @JsonPropertyDescription("Delay in seconds before the first retry. Doubles with each further retry.")
        Integer initialDelaySeconds,

        @Default("300") @Min(0) @JsonPropertyDescription("Maximum delay in seconds before a retry.")
        Integer maxDelaySeconds,

        @Size(max = 255)
        @JsonPropertyDescription(
                "Exit codes to retry. All are retried if not set. Attempts without an exit code are always retried.")
        List<Integer> onExitCodes) {
    /** Stored values may be higher: an older version accepted any number. */
    static final int HIGHEST_LIMIT = 1000;

    public RetryPolicy {
        limit = Math.min(requireNonNullElse(limit, 0), HIGHEST_LIMIT);
        initialDelaySeconds = requireNonNullElse(initialDelaySeconds, 10);
        maxDelaySeconds = requireNonNullElse(maxDelaySeconds, 300);
        onExitCodes = onExitCodes == null ? List.of() : List.copyOf(onExitCodes);
    }
}
