package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Alternative to user-defined networks. */
public enum NetworkMode {
    @JsonProperty("none")
    NONE,
    @JsonProperty("host")
    HOST
}
