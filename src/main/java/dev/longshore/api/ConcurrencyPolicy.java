package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens at a scheduled time while an earlier job of the schedule is not finished. */
public enum ConcurrencyPolicy {
    @JsonProperty("Allow")
    ALLOW,
    @JsonProperty("Forbid")
    FORBID,
    @JsonProperty("Replace")
    REPLACE
}
