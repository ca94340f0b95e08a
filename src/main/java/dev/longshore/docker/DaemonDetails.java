package dev.longshore.docker;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a daemon reports of itself and its machine to those who run it, from {@code /version} and {@code /info}, and how
 * it is reached. Text that it
 * does not report is empty, anything else null.
 *
 * @param oldestApi the oldest API version that it accepts
 * @param newestApi the newest API version that it speaks
 * @param containerdStore whether images are in containerd's store
 * @param securityOptions by name, such as rootless and userns
 * @param runtimes by name
 * @param limitsMemory whether memory limits of containers have an effect; likewise the others
 * @param time of the daemon's clock
 * @param warnings the daemon's own
 * @param daemonsCertificateEnd when the daemon's certificate expires; null without TLS
 * @param ownCertificateEnd when the client certificate expires with which it is reached; null without one
 */
@RecordBuilder
public record DaemonDetails(
        String oldestApi,
        String newestApi,
        String operatingSystem,
        String kernel,
        String cgroupVersion,
        String cgroupDriver,
        String storageDriver,
        boolean containerdStore,
        String logDriver,
        Boolean liveRestore,
        Set<String> securityOptions,
        Set<String> runtimes,
        Boolean limitsMemory,
        Boolean limitsSwap,
        Boolean limitsCpu,
        Boolean limitsProcesses,
        Instant time,
        List<String> warnings,
        Instant daemonsCertificateEnd,
        Instant ownCertificateEnd) {}
