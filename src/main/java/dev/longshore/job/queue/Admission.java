package dev.longshore.job.queue;

import dev.longshore.job.HostKey;
import java.time.Duration;

/** A job's position in the queue of a host, and how long it has waited; the host is null for one that waits. */
public record Admission(QueuePosition position, HostKey host, Duration waited) {}
