package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Phase of a job. The last three are final. */
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
    CANCELLED;

    /** As it appears in a status. */
    @Override
    public String toString() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
