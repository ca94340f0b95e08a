package dev.longshore.docker;

/**
 * An image to pull.
 *
 * @param platform such as linux/arm64, or null for the daemon's own
 * @param credentials for the registry, or null for an anonymous pull
 */
public record ImagePull(String reference, String platform, RegistryCredentials credentials) {}
