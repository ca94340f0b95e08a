package dev.longshore.operator;

import dev.longshore.archive.ArchiveOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How an operator runs.
 *
 * @param namespaces to watch; empty: all
 * @param ownNamespace where its Lease is, and part of the instance
 * @param httpPort for health endpoints and metrics; 0: a free one
 * @param releaseAfter longest time that an unreachable host may hold a job that is being deleted
 * @param instance distinguishes operators of one namespace
 * @param allowUnixFrom namespaces whose DockerHosts may name a unix socket, {@code *} for all
 * @param onLoopback whether the health endpoints and metrics are for this machine alone
 * @param logArchive where complete logs go; empty: they are not kept
 */
public record OperatorOptions(
        Set<String> namespaces,
        String ownNamespace,
        boolean leaderElect,
        int httpPort,
        Duration releaseAfter,
        String instance,
        Set<String> allowUnixFrom,
        boolean onLoopback,
        Optional<ArchiveOptions> logArchive) {
    public OperatorOptions {
        namespaces = Set.copyOf(namespaces);
        allowUnixFrom = Set.copyOf(allowUnixFrom);
    }

    /** One whose health endpoints are for its cluster, without an archive. */
    public OperatorOptions(
            Set<String> namespaces,
            String ownNamespace,
            boolean leaderElect,
            int httpPort,
            Duration releaseAfter,
            String instance,
            Set<String> allowUnixFrom) {
        this(
                namespaces,
                ownNamespace,
                leaderElect,
                httpPort,
                releaseAfter,
                instance,
                allowUnixFrom,
                false,
                Optional.empty());
    }

    InetSocketAddress httpAddress() {
        return onLoopback
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), httpPort)
                : new InetSocketAddress(httpPort);
    }
}
