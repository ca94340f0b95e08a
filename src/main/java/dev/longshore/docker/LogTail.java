package dev.longshore.docker;

/**
 * The ends of a container's streams: valid UTF-8, whole lines where possible.
 *
 * @param truncated whether one of the streams had more
 */
public record LogTail(String stdout, String stderr, boolean truncated) {}
