package dev.longshore.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** What Flux, and whatever else goes by kstatus, makes of a resource of a kind that it does not know. */
public enum Kstatus {
    TERMINATING,
    IN_PROGRESS,
    FAILED,
    CURRENT;

    public static Kstatus of(HasMetadata resource) {
        var json = new KubernetesSerialization().convertValue(resource, JsonNode.class);
        var metadata = json.path("metadata");
        if (metadata.hasNonNull("deletionTimestamp")) {
            return TERMINATING;
        }
        var observed = json.path("status").path("observedGeneration");
        if (!observed.isMissingNode()
                && observed.asLong() != metadata.path("generation").asLong()) {
            return IN_PROGRESS;
        }
        var conditions = json.path("status").path("conditions");
        for (var condition : conditions) {
            if (is(condition, "Reconciling", "True")) {
                return IN_PROGRESS;
            }
            if (is(condition, "Stalled", "True")) {
                return FAILED;
            }
        }
        for (var condition : conditions) {
            if (is(condition, "Ready", "False") || is(condition, "Ready", "Unknown")) {
                return IN_PROGRESS;
            }
        }
        return CURRENT;
    }

    private static boolean is(JsonNode condition, String type, String status) {
        return condition.path("type").asText().equals(type)
                && condition.path("status").asText().equals(status);
    }
}
