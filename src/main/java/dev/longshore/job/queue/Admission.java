package dev.longshore.job.queue;

import dev.longshore.job.HostKey;
import java.time.Duration;
import java.util.Set;

/**
 * A job's position in the queue of a host, and how long it has waited; the host is null for one that waits.
 *
 * @param room what it has there with its slot
 * @param lacks what keeps one that waits from its turn on the host where it keeps its place, beside those before it
 */
public record Admission(QueuePosition position, HostKey host, Duration waited, Room room, Set<Lack> lacks) {}
