package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What jobs do that are behind one for which there is no room. */
public enum QueueingStrategy {
    @JsonProperty("StrictFIFO")
    STRICT_FIFO,
    @JsonProperty("BestEffortFIFO")
    BEST_EFFORT_FIFO
}
