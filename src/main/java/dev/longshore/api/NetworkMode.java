package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Instead of user-defined networks. */
public enum NetworkMode {
    @JsonProperty("none")
    NONE,
    @JsonProperty("host")
    HOST
}
