package dev.longshore.doctor;

import dev.longshore.docker.DaemonDetails;
import dev.longshore.docker.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a daemon is reached. */
final class ConnectionChecks {
    private static final Duration FAR = Duration.ofSeconds(1);
    /** Less is within what a request takes. */
    private static final Duration CLOCKS = Duration.ofSeconds(5);

    /** As the alert. */
    private static final Duration SOON = Duration.ofDays(14);

    private ConnectionChecks() {}

    static List<Finding> encryption(Endpoint endpoint) {
        if (endpoint.uri().startsWith("unix:")) {
            return List.of();
        }
        if (endpoint.tls() == null) {
            return List.of(Finding.warning(
                    "tls",
                    "none: whoever reaches this port is root on the machine",
                    "start dockerd with --tlsverify, and set spec.tls of the DockerHost"));
        }
        if (!endpoint.tls().verify()) {
            return List.of(Finding.warning(
                    "tls",
                    "the daemon's certificate is not verified: anyone between can read and change everything",
                    "set spec.tls.verify to true, and ca.crt in the Secret"));
        }
        if (endpoint.tls().certificate() == null) {
            return List.of(Finding.note("tls", "verified, without a client certificate"));
        }
        return List.of(Finding.ok("tls", "verified, with a client certificate"));
    }

    /** The daemon's certificate and the client's; none without TLS. */
    static List<Finding> certificates(DaemonDetails details, Instant now) {
        return Stream.of(
                        certificate(
                                "the daemon's certificate",
                                details.daemonsCertificateEnd(),
                                "renew it on the daemon's machine, and restart the daemon",
                                now),
                        certificate(
                                "the client certificate",
                                details.ownCertificateEnd(),
                                "renew tls.crt and tls.key in the Secret, which takes effect within 30s",
                                now))
                .flatMap(Optional::stream)
                .toList();
    }

    /** @param end null where there is none */
    private static Optional<Finding> certificate(String whose, Instant end, String remedy, Instant now) {
        if (end == null) {
            return Optional.empty();
        }
        var detail = whose + (end.isBefore(now) ? " expired on " : " expires on ") + end;
        return Optional.of(
                end.isBefore(now.plus(SOON))
                        ? Finding.warning("certificates", detail, whose + ": " + remedy)
                        : Finding.ok("certificates", detail));
    }

    static Finding roundTrip(Duration median) {
        var detail = millis(median);
        return median.compareTo(FAR) > 0
                ? Finding.warning("round trip", detail, "run the operator closer to the daemon, or check the network")
                : Finding.ok("round trip", detail);
    }

    /**
     * @param reported by the daemon; null where it reports none
     * @param before the request, and after it, by our clock
     */
    static Finding clock(Instant reported, Instant before, Instant after) {
        if (reported == null) {
            return Finding.note("clock", "not reported");
        }
        var ours = before.plus(Duration.between(before, after).dividedBy(2));
        var difference = Duration.between(ours, reported);
        var apart = difference.abs();
        if (apart.compareTo(CLOCKS) <= 0) {
            return Finding.ok("clock", "within " + millis(apart) + " of this machine's");
        }
        return Finding.warning(
                "clock",
                apart.toSeconds() + "s " + (difference.isNegative() ? "behind" : "ahead of") + " this machine's",
                "synchronize both clocks: startedAt and finishedAt are the daemon's times");
    }

    private static String millis(Duration time) {
        return time.toMillis() + "ms";
    }
}
