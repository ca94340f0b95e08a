package dev.longshore.job.attempt;

import java.time.Duration;

/**
 * A stop in progress.
 *
 * @param since by this process's clock
 * @param killed whether SIGKILL was sent, too
 */
public record Stopping(StopCause cause, Duration since, boolean killed) {}
