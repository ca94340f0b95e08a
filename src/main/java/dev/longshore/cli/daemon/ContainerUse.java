package dev.longshore.cli.daemon;

import dev.longshore.docker.ResourceSample;
import java.time.Duration;

/**
 * What a container uses now.
 *
 * @param cores CPU cores in use; null where that is not known
 * @param memory in bytes, without the page cache; null where the daemon cannot tell
 */
public record ContainerUse(Double cores, Long memory) {
    /** Of one sample, which does not tell how much CPU is in use. */
    static ContainerUse of(ResourceSample sample) {
        return new ContainerUse(null, sample.memory());
    }

    /** @param apart how long after the first sample the second one was taken */
    static ContainerUse between(ResourceSample first, ResourceSample second, Duration apart) {
        if (first.cpu() == null || second.cpu() == null || apart.isZero() || apart.isNegative()) {
            return of(second);
        }
        var used = second.cpu().minus(first.cpu());
        return new ContainerUse(used.isNegative() ? null : (double) used.toNanos() / apart.toNanos(), second.memory());
    }
}
