package dev.longshore.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.EnumMap;
import java.util.Map;

/** Machine-readable reason for the phase of a job. */
public enum JobReason {
    @JsonProperty("WaitingForSlot")
    WAITING_FOR_SLOT,
    @JsonProperty("Suspended")
    SUSPENDED,
    @JsonProperty("Scheduled")
    SCHEDULED,
    @JsonProperty("TemplateNotFound")
    TEMPLATE_NOT_FOUND,
    @JsonProperty("TemplateInactive")
    TEMPLATE_INACTIVE,
    @JsonProperty("HostNotFound")
    HOST_NOT_FOUND,
    @JsonProperty("HostInactive")
    HOST_INACTIVE,
    @JsonProperty("InsufficientCapacity")
    INSUFFICIENT_CAPACITY,
    @JsonProperty("ExceedsCapacity")
    EXCEEDS_CAPACITY,
    @JsonProperty("HostUnreachable")
    HOST_UNREACHABLE,
    @JsonProperty("HostRefused")
    HOST_REFUSED,
    @JsonProperty("HostNotAllowed")
    HOST_NOT_ALLOWED,
    @JsonProperty("NoMatchingHost")
    NO_MATCHING_HOST,
    @JsonProperty("SecretNotFound")
    SECRET_NOT_FOUND,
    @JsonProperty("ConfigMapNotFound")
    CONFIG_MAP_NOT_FOUND,
    @JsonProperty("PullingImage")
    PULLING_IMAGE,
    @JsonProperty("Starting")
    STARTING,
    @JsonProperty("RetryBackoff")
    RETRY_BACKOFF,
    @JsonProperty("NonZeroExit")
    NON_ZERO_EXIT,
    @JsonProperty("OOMKilled")
    OOM_KILLED,
    @JsonProperty("TimedOut")
    TIMED_OUT,
    @JsonProperty("ImagePullFailed")
    IMAGE_PULL_FAILED,
    @JsonProperty("ContainerLost")
    CONTAINER_LOST,
    @JsonProperty("PolicyDenied")
    POLICY_DENIED,
    @JsonProperty("NetworkNotFound")
    NETWORK_NOT_FOUND,
    @JsonProperty("CreateFailed")
    CREATE_FAILED,
    @JsonProperty("StartFailed")
    START_FAILED,
    @JsonProperty("StartDeadlineExceeded")
    START_DEADLINE_EXCEEDED,
    @JsonProperty("CancelRequested")
    CANCEL_REQUESTED,
    @JsonProperty("Completed")
    COMPLETED;

    private static final Map<JobReason, String> VALUES = new EnumMap<>(JobReason.class);

    static {
        for (var reason : values()) {
            try {
                var property = JobReason.class.getField(reason.name()).getAnnotation(JsonProperty.class);
                VALUES.put(reason, property.value());
            } catch (NoSuchFieldException e) {
                throw new LinkageError("a constant without a field", e);
            }
        }
    }

    /** As it appears in a status. */
    public String value() {
        return VALUES.get(this);
    }
}
