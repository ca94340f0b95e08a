package dev.longshore.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.DockerHostStatusBuilder;
import dev.longshore.api.HostJobs;
import dev.longshore.api.TlsStatus;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.connection.HostState;
import dev.longshore.testing.ArgoHealth;
import dev.longshore.testing.Kstatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What GitOps tools make of hosts. */
class HostHealthTest {
    private static final EngineInfo ENGINE = new EngineInfo(
            EngineInfo.Kind.DOCKER, "id", "29.1.3", "1.52", "linux", "amd64", 2, 1L << 30, List.of(), null);

    private static final EngineInfo PODMAN = new EngineInfo(
            EngineInfo.Kind.PODMAN, "id", "5.8.6", "1.44", "linux", "amd64", 2, 1L << 30, List.of(), null);

    private static DockerHost newHost(boolean active) {
        var host = new DockerHost();
        host.getMetadata().setName("build-1");
        host.getMetadata().setGeneration(1L);
        host.setSpec(DockerHostSpecBuilder.builder()
                .endpoint("tcp://build-1:2376")
                .active(active)
                .build());
        return host;
    }

    /** As the operator reports it. */
    private static DockerHost host(boolean active, HostStatuses.Health health) {
        var host = newHost(active);
        host.setStatus(
                HostStatuses.of(host, health, new HostUse(new HostJobs(0, 0), null), Optional.empty(), Instant.EPOCH)
                        .build());
        return host;
    }

    private static HostStatuses.Health ready() {
        return new HostStatuses.Health(true, HostStatuses.READY, "Docker 29.1.3 is reachable", ENGINE);
    }

    private static HostStatuses.Health notReady(String reason) {
        return new HostStatuses.Health(false, reason, "some words", null);
    }

    @Test
    void oneThatAnswersIsHealthy() {
        assertThat(ArgoHealth.of(host(true, ready())))
                .isEqualTo(new ArgoHealth("Healthy", "Docker 29.1.3 is reachable"));
        assertThat(Kstatus.of(host(true, ready()))).isEqualTo(Kstatus.CURRENT);
    }

    @Test
    void oneThatIsBeingDeletedReportsWhatItWaitsFor() {
        var host = newHost(true);
        host.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        assertThat(HostStatuses.of(
                                host, ready(), new HostUse(new HostJobs(2, 1), null), Optional.empty(), Instant.EPOCH)
                        .build()
                        .conditions())
                .filteredOn(condition -> condition.getType().equals("Schedulable"))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.getStatus()).isEqualTo("False");
                    assertThat(condition.getReason()).isEqualTo("Deleting");
                    assertThat(condition.getMessage())
                            .isEqualTo("being deleted: waiting for 2 running jobs; none starts");
                });
    }

    @Test
    void itsKindIsReported() {
        var podman = HostStatuses.health(new HostState.Ready(PODMAN)).orElseThrow();
        assertThat(host(true, podman).getStatus().engine().kind()).isEqualTo("podman");
        assertThat(podman.message()).isEqualTo("Podman 5.8.6 is reachable");
        assertThat(host(true, ready()).getStatus().engine().kind()).isEqualTo("docker");
    }

    @Test
    void theEndOfCertificatesIsReportedWithoutAConnectionToo() {
        var end = Instant.parse("2026-01-01T00:00:00Z");
        var down = HostStatuses.health(new HostState.Down(DockerUnavailableException.Cause.TLS_INVALID, "expired", end))
                .orElseThrow();
        assertThat(host(true, down).getStatus().tls().notAfter()).isEqualTo("2026-01-01T00:00:00.000Z");

        var host = newHost(true);
        host.setStatus(DockerHostStatusBuilder.builder()
                .tls(new TlsStatus("2027-01-01T00:00:00.000Z"))
                .build());
        assertThat(tls(host, down)).isEqualTo(new TlsStatus("2026-01-01T00:00:00.000Z"));
        assertThat(tls(host, notReady("Unreachable"))).isEqualTo(new TlsStatus("2027-01-01T00:00:00.000Z"));
        assertThat(tls(host, ready())).isNull();
    }

    private static TlsStatus tls(DockerHost host, HostStatuses.Health health) {
        return HostStatuses.of(host, health, new HostUse(new HostJobs(0, 0), null), Optional.empty(), Instant.EPOCH)
                .build()
                .tls();
    }

    @ParameterizedTest
    @CsvSource({
        "Unreachable,        Degraded",
        "TlsInvalid,         Degraded",
        "UnsupportedApi,     Degraded",
        "EndpointNotAllowed, Degraded",
        "SecretNotFound,     Progressing"
    })
    void oneThatDoesNotIsNot(String reason, String health) {
        assertThat(ArgoHealth.of(host(true, notReady(reason))))
                .isEqualTo(new ArgoHealth(health, reason + ": some words"));
        assertThat(Kstatus.of(host(true, notReady(reason)))).isEqualTo(Kstatus.IN_PROGRESS);
    }

    @Test
    void aCordonHoldsUpNoSync() {
        assertThat(ArgoHealth.of(host(false, ready())))
                .isEqualTo(new ArgoHealth("Healthy", "cordoned (spec.active: false); Docker 29.1.3 is reachable"));
        assertThat(Kstatus.of(host(false, ready()))).isEqualTo(Kstatus.CURRENT);
    }

    @Test
    void oneThatIsCordonedMayBeOff() {
        assertThat(ArgoHealth.of(host(false, notReady("Unreachable"))))
                .isEqualTo(new ArgoHealth("Healthy", "cordoned (spec.active: false); Unreachable: some words"));
    }

    @Test
    void neitherTakesTheDefaultStatusForAnAnswer() {
        var host = newHost(true);
        host.setStatus(DockerHostStatusBuilder.builder().observedGeneration(-1L).build());

        assertThat(ArgoHealth.of(host).status()).isEqualTo("Progressing");
        assertThat(Kstatus.of(host)).isEqualTo(Kstatus.IN_PROGRESS);
    }
}
