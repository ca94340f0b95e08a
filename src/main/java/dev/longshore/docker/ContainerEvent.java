package dev.longshore.docker;

import java.time.Instant;
import java.util.Map;

/**
 * Something happened to a container; inspect it to see what is true now.
 *
 * @param action Docker's word, such as start, die, oom or destroy
 * @param time by the daemon's clock
 * @param labels the container's
 */
public record ContainerEvent(String container, String action, Instant time, Map<String, String> labels) {}
