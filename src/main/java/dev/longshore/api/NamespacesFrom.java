package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Namespaces that may use a host. */
public enum NamespacesFrom {
    @JsonProperty("Same")
    SAME,
    @JsonProperty("All")
    ALL,
    @JsonProperty("Selector")
    SELECTOR
}
