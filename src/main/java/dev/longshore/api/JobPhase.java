package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a job is. The last three are final. */
public enum JobPhase {
    @JsonProperty("Pending")
    PENDING,
    @JsonProperty("Running")
    RUNNING,
    @JsonProperty("Completed")
    COMPLETED,
    @JsonProperty("Failed")
    FAILED,
    @JsonProperty("Cancelled")
    CANCELLED
}
