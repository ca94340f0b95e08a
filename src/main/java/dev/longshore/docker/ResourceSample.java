package dev.longshore.docker;

import java.time.Duration;

/**
 * What a container uses at one moment, or has used until then.
 *
 * @param memory in bytes, without the page cache, as {@code docker stats} shows it; null where the daemon cannot tell
 * @param cpu since it was started, of all CPUs together; null where the daemon cannot tell, as a rootless one to which systemd
 *     does not delegate this controller
 * @param received bytes since it was started, on all its networks; null where it has none of its own
 * @param sent the same the other way
 */
public record ResourceSample(Long memory, Duration cpu, Long received, Long sent) {}
