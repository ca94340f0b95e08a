package dev.longshore.docker;

import java.time.Instant;

/**
 * A daemon's version and platform.
 *
 * @param apiVersion the API version in use: the lower of the daemon's newest and ours
 * @param memory in bytes
 * @param certificateEnd when the daemon's certificate expires, or ours if that is sooner; null without TLS
 */
public record EngineInfo(
        String id,
        String version,
        String apiVersion,
        String os,
        String architecture,
        int cpus,
        long memory,
        Instant certificateEnd) {}
