package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When to pull an image. */
public enum ImagePullPolicy {
    @JsonProperty("IfNotPresent")
    IF_NOT_PRESENT,
    @JsonProperty("Always")
    ALWAYS,
    @JsonProperty("Never")
    NEVER
}
