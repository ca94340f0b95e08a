package dev.longshore.docker;

/**
 * A daemon's version and platform.
 *
 * @param apiVersion the API version in use: the lower of the daemon's newest and ours
 * @param memory in bytes
 */
public record EngineInfo(
        String id, String version, String apiVersion, String os, String architecture, int cpus, long memory) {}
