package dev.longshore.docker;

import java.time.Instant;
import java.util.List;

/**
 * A daemon's version and platform.
 *
 * @param id of the daemon, or of its machine and storage where it has none; the same as long as it is the same daemon
 * @param apiVersion the API version in use: the lower of the daemon's newest and ours
 * @param memory in bytes
 * @param devices the names of the CDI devices that the daemon has discovered; empty where it does not tell
 * @param certificateEnd when the daemon's certificate expires, or ours if that is sooner; null without TLS
 */
public record EngineInfo(
        Kind kind,
        String id,
        String version,
        String apiVersion,
        String os,
        String architecture,
        int cpus,
        long memory,
        List<String> devices,
        Instant certificateEnd) {
    public EngineInfo {
        devices = List.copyOf(devices);
    }

    /** Whose daemon it is. */
    public enum Kind {
        DOCKER("Docker", true),
        PODMAN("Podman", false);

        private final String product;
        private final boolean isUnique;

        Kind(String product, boolean isUnique) {
            this.product = product;
            this.isUnique = isUnique;
        }

        /** Whether no two such daemons have one ID, also if one took the other's place on a machine of the same name. */
        public boolean hasUniqueId() {
            return isUnique;
        }

        /** As its makers spell it. */
        public String product() {
            return product;
        }
    }
}
