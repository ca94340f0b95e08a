package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/** Whether and when a failed attempt is followed by another. */
@ApiObject
@RecordBuilder
public record RetryPolicy(
        @Default("0")
        @Min(0)
        @Max(RetryPolicy.HIGHEST_LIMIT)
        @JsonPropertyDescription("How many more attempts a job gets after its first.")
        Integer limit,

        @Default("10")
        @Min(0)
        @JsonPropertyDescription("Seconds before the first retry; each further one waits twice as long.")
        Integer initialDelaySeconds,

        @Default("300") @Min(0) @JsonPropertyDescription("Longest wait before a retry, in seconds.")
        Integer maxDelaySeconds,

        @Size(max = 255)
        @JsonPropertyDescription(
                "Of the attempts that ended with an exit code, only those with one of these are retried. Absent: all.")
        List<Integer> onExitCodes) {
    /** What is stored may be higher: an older version took any number. */
    static final int HIGHEST_LIMIT = 1000;

    public RetryPolicy {
        limit = Math.min(requireNonNullElse(limit, 0), HIGHEST_LIMIT);
        initialDelaySeconds = requireNonNullElse(initialDelaySeconds, 10);
        maxDelaySeconds = requireNonNullElse(maxDelaySeconds, 300);
        onExitCodes = onExitCodes == null ? List.of() : List.copyOf(onExitCodes);
    }
}
