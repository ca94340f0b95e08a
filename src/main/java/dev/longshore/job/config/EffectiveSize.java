package dev.longshore.job.config;

import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.kubernetes.JsonSize;
import java.util.Optional;

/** How large a job may be: it is in etcd twice, as its spec and as what it ran with, and each reconciliation reads it. */
public final class EffectiveSize {
    /** Bytes of JSON. */
    public static final long MOST = 256 * 1024;

    private EffectiveSize() {}

    static Optional<String> tooLarge(ContainerTemplateSpec effective) {
        return tooLarge("the job's effective configuration (template and overrides)", JsonSize.of(effective));
    }

    /** @param what takes this many bytes */
    public static Optional<String> tooLarge(String what, long bytes) {
        return bytes <= MOST
                ? Optional.empty()
                : Optional.of(what + " is " + bytes + " bytes as JSON; at most " + MOST
                        + " are allowed: move large texts to Secrets, the image or a volume");
    }
}
