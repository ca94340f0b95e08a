package dev.longshore.api;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * In which order waiting jobs start.
 *
 * @param maxConcurrentJobsPerNamespace null: no limit but that of the host
 */
@ApiObject
@RecordBuilder
public record Queueing(
        @Default("StrictFIFO")
        @JsonPropertyDescription(
                "StrictFIFO: if there is no room for the first job, all jobs behind it wait too. BestEffortFIFO: jobs behind it that fit start before it, until it has waited for holdAfterSeconds.")
        QueueingStrategy strategy,

        @Default("300")
        @Min(0)
        @JsonPropertyDescription(
                "With BestEffortFIFO, seconds after which room is kept for the first job that does not fit: jobs behind it start only with what it does not need.")
        Integer holdAfterSeconds,

        @Default("false")
        @JsonPropertyDescription(
                "If true, within a priority, the next job is one of the namespace with the fewest running jobs on this host.")
        Boolean fairSharing,

        @Min(1)
        @JsonPropertyDescription(
                "Maximum number of job containers of one namespace that may run on this host at once. Jobs of a namespace at its limit do not delay others. No limit if not set.")
        Integer maxConcurrentJobsPerNamespace) {
    public Queueing {
        strategy = requireNonNullElse(strategy, QueueingStrategy.STRICT_FIFO);
        holdAfterSeconds = requireNonNullElse(holdAfterSeconds, 300);
        fairSharing = requireNonNullElse(fairSharing, false);
    }
}
