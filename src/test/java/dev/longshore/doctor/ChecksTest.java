package dev.longshore.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.DaemonDetails;
import dev.longshore.docker.DaemonDetailsBuilder;
import dev.longshore.docker.Endpoint;
import dev.longshore.docker.EngineInfo;
import dev.longshore.doctor.Finding.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A row for each thing that a daemon may report, with what is said of it. */
class ChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final EngineInfo DOCKER = new EngineInfo(
            EngineInfo.Kind.DOCKER, "id", "28.5.2", "1.44", "linux", "x86_64", 16, 64L << 30, List.of(), null);
    private static final EngineInfo PODMAN = new EngineInfo(
            EngineInfo.Kind.PODMAN, "id", "5.8.6", "1.44", "linux", "x86_64", 16, 64L << 30, List.of(), null);

    /** A daemon about which there is nothing to say. */
    private static DaemonDetailsBuilder good() {
        return DaemonDetailsBuilder.builder()
                .oldestApi("1.24")
                .newestApi("1.51")
                .operatingSystem("Debian GNU/Linux 12")
                .kernel("6.1.0")
                .cgroupVersion("2")
                .cgroupDriver("systemd")
                .storageDriver("overlay2")
                .logDriver("json-file")
                .liveRestore(true)
                .securityOptions(Set.of("seccomp"))
                .runtimes(Set.of("runc", "nvidia"))
                .limitsMemory(true)
                .limitsSwap(true)
                .limitsCpu(true)
                .limitsProcesses(true)
                .time(NOW)
                .warnings(List.of());
    }

    private static List<Finding> findings(EngineInfo engine, DaemonDetails details) {
        return Stream.concat(EngineChecks.of(engine, details).stream(), IsolationChecks.of(engine, details).stream())
                .toList();
    }

    @Test
    void aGoodDaemonHasNothingToMend() {
        var findings = findings(DOCKER, good().build());
        assertThat(findings).allMatch(finding -> finding.level() == Level.OK);
        assertThat(findings)
                .extracting(Finding::detail)
                .contains(
                        "Docker 28.5.2 on Debian GNU/Linux 12, kernel 6.1.0",
                        "linux/x86_64, 16 CPUs, 64.0GiB of memory",
                        "1.24 to 1.51, Longshore uses 1.44",
                        "version 2, driver systemd");
    }

    static Stream<Arguments> whatIsReported() {
        return Stream.of(
                Arguments.of("logs", Level.WARNING, "keeps no logs", good().logDriver("none")),
                Arguments.of("logs", Level.NOTE, "the daemon's own copy", good().logDriver("syslog")),
                Arguments.of("logs", Level.NOTE, "no default log driver", good().logDriver("")),
                Arguments.of("storage", Level.WARNING, "complete copy", good().storageDriver("vfs")),
                Arguments.of("storage", Level.OK, "containerd's store", good().containerdStore(true)),
                Arguments.of("restarts", Level.NOTE, "end when the daemon restarts", good().liveRestore(false)),
                Arguments.of("restarts", Level.NOTE, "not reported", good().liveRestore(null)),
                Arguments.of("cgroups", Level.WARNING, "no limit of containers", good().cgroupDriver("none")),
                Arguments.of("limits", Level.WARNING, "limits.memory has no effect", good().limitsMemory(false)),
                Arguments.of("limits", Level.WARNING, "limits.cpu has no effect", good().limitsCpu(false)),
                Arguments.of("limits", Level.WARNING, "pidsLimit has no effect", good().limitsProcesses(false)),
                Arguments.of("limits", Level.NOTE, "do not cover swap", good().limitsSwap(false)),
                Arguments.of("rights", Level.NOTE, "rootless", good().securityOptions(Set.of("rootless"))),
                Arguments.of("rights", Level.NOTE, "userns-remap", good().securityOptions(Set.of("userns"))),
                Arguments.of("gpus", Level.NOTE, "no NVIDIA runtime", good().runtimes(Set.of("runc"))),
                Arguments.of("daemon", Level.NOTE, "WARNING: x", good().warnings(List.of("WARNING: x"))));
    }

    @ParameterizedTest
    @MethodSource("whatIsReported")
    void eachThingIsSaidOnce(String check, Level level, String detail, DaemonDetailsBuilder reported) {
        assertThat(findings(DOCKER, reported.build()))
                .filteredOn(
                        finding -> finding.check().equals(check) && (finding.level() != Level.OK || level == Level.OK))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(level);
                    assertThat(finding.detail()).contains(detail);
                    assertThat(finding.remedy().isEmpty() && level == Level.WARNING)
                            .as("a warning without a remedy")
                            .isFalse();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "none, WARNING, keeps no logs",
        "passthrough, WARNING, keeps no logs",
        "journald, NOTE, drops lines",
        "'', NOTE, podman info --format",
        "k8s-file, OK, can be read",
        "json-file, OK, can be read"
    })
    void logsOfPodman(String driver, Level level, String detail) {
        assertThat(findings(PODMAN, good().logDriver(driver).build()))
                .filteredOn(finding -> finding.check().equals("logs"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(level);
                    assertThat(finding.detail()).contains(detail);
                    assertThat(finding.remedy()).doesNotContain("journald");
                    if (level == Level.WARNING) {
                        assertThat(finding.remedy()).contains("log_driver = \"k8s-file\"");
                    }
                });
    }

    @ParameterizedTest
    @CsvSource({
        "19.03.15, WARNING",
        "20.09.1, WARNING",
        "1.13.1, WARNING",
        "20.10.24+dfsg1, OK",
        "25.0.3, OK",
        "dev, OK",
        "'', OK"
    })
    void anEngineOlderThanTestedIsAWarning(String version, Level level) {
        var engine = new EngineInfo(
                EngineInfo.Kind.DOCKER, "id", version, "1.40", "linux", "x86_64", 16, 64L << 30, List.of(), null);
        assertThat(EngineChecks.of(engine, good().build()))
                .filteredOn(finding -> finding.check().equals("engine"))
                .extracting(Finding::level)
                .containsExactly(level);
    }

    @Test
    void whatIsNotReportedLeavesNoHoles() {
        var silent = new EngineInfo(EngineInfo.Kind.DOCKER, "", "28.5.2", "1.44", "", "", 0, 0, List.of(), null);
        var nothing = good().oldestApi("")
                .operatingSystem("")
                .kernel("")
                .cgroupVersion("")
                .cgroupDriver("")
                .storageDriver("")
                .build();
        assertThat(findings(silent, nothing))
                .extracting(Finding::detail)
                .contains(
                        "Docker 28.5.2",
                        "not reported",
                        "up to 1.51, Longshore uses 1.44",
                        "the daemon reports no storage driver",
                        "version 1");
    }

    @Test
    void discoveredDevicesAreNamed() {
        var devices =
                IntStream.range(0, 10).mapToObj(n -> "nvidia.com/gpu=" + n).toList();
        var engine = new EngineInfo(
                EngineInfo.Kind.DOCKER, "id", "28.5.2", "1.44", "linux", "x86_64", 16, 64L << 30, devices, null);
        assertThat(findings(engine, good().runtimes(Set.of("runc")).build()))
                .filteredOn(finding -> finding.check().equals("gpus"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail())
                        .startsWith("CDI devices discovered: nvidia.com/gpu=0, nvidia.com/gpu=1, ")
                        .endsWith("nvidia.com/gpu=7 and 2 more"));
    }

    @Test
    void whatPodmanDoesDifferentlyIsNamed() {
        var findings = findings(PODMAN, good().liveRestore(false).build());
        assertThat(findings)
                .filteredOn(finding -> finding.level() != Level.OK)
                .extracting(Finding::check)
                .containsExactly("host paths", "registries", "gpus");
        assertThat(findings).anyMatch(finding -> finding.detail().startsWith("Podman 5.8.6"));
        assertThat(findings)
                .filteredOn(finding -> finding.check().equals("gpus"))
                .extracting(Finding::detail)
                .containsExactly("Podman ignores requests for GPUs: a job with gpus fails with CreateFailed");
    }

    @Test
    void whatIsNotEncryptedOrVerifiedIsAWarning() {
        assertThat(ConnectionChecks.encryption(new Endpoint("unix:///var/run/docker.sock", null)))
                .isEmpty();
        assertThat(level(new Endpoint("tcp://h:2375", null))).isEqualTo(Level.WARNING);
        assertThat(level(new Endpoint("tcp://h:2376", new Endpoint.Tls("ca", "c", "k", false))))
                .isEqualTo(Level.WARNING);
        assertThat(level(new Endpoint("tcp://h:2376", new Endpoint.Tls("ca", null, null, true))))
                .isEqualTo(Level.NOTE);
        assertThat(level(new Endpoint("tcp://h:2376", new Endpoint.Tls("ca", "c", "k", true))))
                .isEqualTo(Level.OK);
    }

    private static Level level(Endpoint endpoint) {
        return ConnectionChecks.encryption(endpoint).get(0).level();
    }

    @Test
    void aClockIsComparedWithTheMiddleOfTheRequest() {
        var after = NOW.plusSeconds(8);
        assertThat(ConnectionChecks.clock(NOW.plusSeconds(4), NOW, after))
                .isEqualTo(Finding.ok("clock", "within 0ms of this machine's"));
        assertThat(ConnectionChecks.clock(NOW.plusSeconds(64), NOW, after).detail())
                .isEqualTo("60s ahead of this machine's");
        assertThat(ConnectionChecks.clock(NOW.minusSeconds(60), NOW, NOW).detail())
                .isEqualTo("60s behind this machine's");
        assertThat(ConnectionChecks.clock(null, NOW, after).level()).isEqualTo(Level.NOTE);
    }

    @Test
    void aCertificateThatExpiresSoonIsAWarning() {
        assertThat(ConnectionChecks.certificates(good().build(), NOW)).isEmpty();
        var details = good().daemonsCertificateEnd(NOW.plus(Duration.ofDays(15)))
                .ownCertificateEnd(NOW.plus(Duration.ofDays(13)));
        assertThat(ConnectionChecks.certificates(details.build(), NOW))
                .containsExactly(
                        Finding.ok("certificates", "the daemon's certificate expires on 2026-12-11T12:00:00Z"),
                        Finding.warning(
                                "certificates",
                                "the client certificate expires on 2026-12-09T12:00:00Z",
                                "the client certificate: renew tls.crt and tls.key in the Secret, which takes effect within 30s"));
        assertThat(ConnectionChecks.certificates(
                        good().daemonsCertificateEnd(NOW.minusSeconds(1)).build(), NOW))
                .singleElement()
                .satisfies(finding -> assertThat(finding.detail())
                        .isEqualTo("the daemon's certificate expired on 2026-11-26T11:59:59Z"));
    }

    @Test
    void aDaemonFarAwayIsAWarning() {
        assertThat(ConnectionChecks.roundTrip(Duration.ofMillis(3)).level()).isEqualTo(Level.OK);
        assertThat(ConnectionChecks.roundTrip(Duration.ofMillis(1500)).level()).isEqualTo(Level.WARNING);
    }
}
