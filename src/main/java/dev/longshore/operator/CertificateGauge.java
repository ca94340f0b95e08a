package dev.longshore.operator;

import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostStatus;
import dev.longshore.api.StatusFormat;
import dev.longshore.api.TlsStatus;
import dev.longshore.job.HostKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** For how long the certificates of hosts are still valid, from their statuses: also of those that are unreachable. */
final class CertificateGauge {
    private final MultiGauge gauge;
    private final String tag;

    /** @param tag whose value names a host */
    CertificateGauge(MeterRegistry registry, String tag) {
        this.tag = tag;
        gauge = MultiGauge.builder("longshore.host.certificate.expiry")
                .description(
                        "Seconds until the certificate of the Docker daemon or the client certificate expires, whichever is"
                                + " sooner. Negative once it has expired. Only of hosts with TLS.")
                .baseUnit("seconds")
                .register(registry);
    }

    void report(List<DockerHost> hosts, Instant now) {
        var rows = new ArrayList<MultiGauge.Row<?>>();
        for (var host : hosts) {
            left(host, now)
                    .ifPresent(left -> rows.add(
                            MultiGauge.Row.of(Tags.of(tag, HostKey.of(host).toString()), left.toSeconds())));
        }
        gauge.register(rows, true);
    }

    private static Optional<Duration> left(DockerHost host, Instant now) {
        try {
            return Optional.ofNullable(host.getStatus())
                    .map(DockerHostStatus::tls)
                    .map(TlsStatus::notAfter)
                    .map(end -> Duration.between(now, StatusFormat.instant(end)));
        } catch (DateTimeException e) {
            // Whoever may write statuses may write anything there.
            return Optional.empty();
        }
    }
}
