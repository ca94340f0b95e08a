package dev.longshore.job.queue;

import java.time.Duration;

/** A job's position in the queue of a host, and how long it has waited; the host is null for one that waits. */
public record Admission(QueuePosition position, String host, Duration waited) {}
