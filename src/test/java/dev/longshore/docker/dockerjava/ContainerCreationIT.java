package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.DockerEngine;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.ImageNotFoundException;
import dev.longshore.docker.LogRequest;
import dev.longshore.docker.NetworkNotFoundException;
import dev.longshore.testing.Capability;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsRoot;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a container is created with: networks, mounts, limits. */
@OnEachDaemon
class ContainerCreationIT {
    private static final long MIB = 1 << 20;

    private static LocalDocker docker;
    private static EngineUnderTest test;
    private static DockerEngine engine;

    @BeforeAll
    static void connect(LocalDocker local) {
        docker = local;
        test = new EngineUnderTest(local);
        engine = test.engine;
    }

    @AfterAll
    static void removeAll() {
        test.close();
    }

    @Test
    @Shows(Capability.NETWORKS)
    void allNetworksAreJoinedBeforeTheStartEachWithItsAliases() {
        var one = test.network("one");
        var two = test.network("two");
        var created = engine.create(test.shell("ls /sys/class/net | grep -c eth")
                .networks(List.of(
                        new ContainerSpec.Network(one, List.of("first", "also-first")),
                        new ContainerSpec.Network(two, List.of("second"))))
                .build());
        assertThat(created.networks()).containsExactlyInAnyOrder(one, two);
        var joined = docker.client()
                .inspectContainerCmd(created.id())
                .exec()
                .getNetworkSettings()
                .getNetworks();
        assertThat(joined.get(one).getAliases()).contains("first", "also-first");
        assertThat(joined.get(two).getAliases()).contains("second");
        engine.start(created.id());
        test.ended(created.id());
        assertThat(engine.logs(created.id(), new LogRequest(100, EngineUnderTest.NO_SECRETS))
                        .stdout())
                .isEqualTo("2\n");
    }

    @Test
    @Shows(Capability.NETWORK_NAMES)
    void containersFindEachOtherByTheirAliases() {
        var network = test.network("aliases");
        test.started(test.shell("echo pong | nc -l -p 80")
                .networks(List.of(new ContainerSpec.Network(network, List.of("server")))));
        var output = test.output(test.shell("for try in 1 2 3 4 5; do nc -w 2 server 80 && break; sleep 0.3; done")
                .networks(List.of(new ContainerSpec.Network(network, List.of()))));
        docker.check(Capability.NETWORK_NAMES, () -> assertThat(output).isEqualTo("pong\n"), () -> {});
    }

    @Test
    void aMissingNetworkLeavesNothingBehind() {
        var there = test.network("there");
        var spec = test.shell("true")
                .networks(List.of(
                        new ContainerSpec.Network(there, List.of()),
                        new ContainerSpec.Network("no-such-network", List.of())))
                .build();
        assertThatExceptionOfType(NetworkNotFoundException.class)
                .isThrownBy(() -> engine.create(spec))
                .satisfies(missing -> assertThat(missing.network()).isEqualTo("no-such-network"));
        assertThat(engine.inspect(spec.name())).isEmpty();
    }

    @Test
    void theBeginningOfAnIdIsNotTheNameOfANetwork() {
        var network = test.network("by-id");
        var id = docker.client()
                .inspectNetworkCmd()
                .withNetworkId(network)
                .exec()
                .getId();
        var spec = test.shell("true")
                .networks(List.of(new ContainerSpec.Network(id.substring(0, 12), List.of())))
                .build();
        assertThatExceptionOfType(NetworkNotFoundException.class).isThrownBy(() -> engine.create(spec));
    }

    @Test
    @Shows(Capability.NO_NETWORK)
    void withoutNetworkThereIsOnlyTheLoopback() {
        assertThat(test.output(test.shell("ls /sys/class/net").networkMode("none")))
                .isEqualTo("lo\n");
    }

    @Test
    @Shows(Capability.MOUNTS)
    void mountsMemoryVolumesAndPaths() {
        var volume = test.volume("shared");
        var mounts = List.<ContainerSpec.Mount>of(
                new ContainerSpec.Tmpfs("/scratch", 8 * MIB, false),
                new ContainerSpec.Volume("/data", volume, false),
                new ContainerSpec.Bind("/host", "/etc", true));
        assertThat(test.output(test.shell("df -k /scratch | tail -1 | awk '{print $2}'; echo kept > /data/file;"
                                + " touch /host/x 2>/dev/null || echo read-only")
                        .mounts(mounts)))
                .isEqualTo("8192\nread-only\n");
        assertThat(test.output(test.shell("cat /again/file; touch /again/x 2>/dev/null || echo read-only")
                        .mounts(List.of(new ContainerSpec.Volume("/again", volume, true)))))
                .isEqualTo("kept\nread-only\n");
    }

    /** On the daemon's machine. */
    @Test
    @Shows(Capability.READ_ONLY_BELOW)
    @NeedsRoot
    void whatIsMountedBelowAReadOnlyPathCannotBeWrittenTo(@TempDir Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        var below = Files.createDirectory(folder.resolve("below"));
        EngineUnderTest.sh("mount -t tmpfs tmpfs " + below);
        try {
            Files.writeString(below.resolve("file"), "kept");
            test.run(test.shell("echo lost > /host/below/file; echo new > /host/below/new; echo new > /host/new")
                    .mounts(List.of(new ContainerSpec.Bind("/host", folder.toString(), true))));
            assertThat(below.resolve("file")).hasContent("kept");
            assertThat(below.resolve("new")).doesNotExist();
            assertThat(folder.resolve("new")).doesNotExist();
        } finally {
            EngineUnderTest.sh("umount " + below);
        }
    }

    /** As in a policy's glob, a name of hexadecimal digits is a name, not the beginning of an ID. */
    @Test
    void theBeginningOfAnImagesIdIsNotItsName() {
        var id = engine.image(LocalDocker.IMAGE).orElseThrow().id();
        var start = id.substring("sha256:".length(), "sha256:".length() + 12);
        assertThat(engine.image(start)).isEmpty();
        assertThatExceptionOfType(ImageNotFoundException.class)
                .isThrownBy(() -> engine.create(test.shell("true").image(start).build()));
        assertThat(engine.create(test.shell("true").image(id).build()).imageId())
                .isEqualTo(id);
        assertThat(engine.create(test.shell("true").build()).imageId()).isEqualTo(id);
    }

    @Test
    @Shows(Capability.MISSING_HOST_PATH)
    void aPathThatIsMissingOnTheDaemonsMachineIsRefused() {
        var path = "/no/such/path-" + test.id;
        var spec = test.shell("ls -d /host")
                .mounts(List.of(new ContainerSpec.Bind("/host", path, true)))
                .build();
        docker.check(
                Capability.MISSING_HOST_PATH,
                () -> {
                    assertThatExceptionOfType(DockerRefusedException.class)
                            .isThrownBy(() -> engine.create(spec))
                            .withMessageContaining(path);
                    assertThat(engine.inspect(spec.name())).isEmpty();
                },
                () -> {
                    engine.start(spec.name());
                    assertThat(test.ended(spec.name()).exitCode()).isZero();
                });
    }

    @Test
    @Shows(Capability.LIMITS)
    void limitsReachTheDaemon() {
        var created = engine.create(test.shell("true")
                .memory(32 * MIB)
                .nanoCpus(250_000_000L)
                .pidsLimit(50L)
                .shmSize(2 * MIB)
                .build());
        var config = docker.client().inspectContainerCmd(created.id()).exec().getHostConfig();
        assertThat(config.getMemory()).isEqualTo(32 * MIB);
        assertThat(config.getMemorySwap()).isIn(32 * MIB, -1L);
        assertThat(config.getNanoCPUs()).isEqualTo(250_000_000L);
        assertThat(config.getPidsLimit()).isEqualTo(50L);
        assertThat(config.getShmSize()).isEqualTo(2 * MIB);
    }

    @Test
    @Shows(Capability.OUT_OF_MEMORY)
    void whoeverWantsMoreMemoryThanTheLimitIsKilled() {
        var ended = test.run(test.shell("exec tail /dev/zero").memory(24 * MIB));
        assertThat(ended.exitCode()).isEqualTo(137);
        // Some kernels tell the daemon nothing; it is the daemon's word that counts.
        var said = docker.client()
                .inspectContainerCmd(ended.id())
                .exec()
                .getState()
                .getOOMKilled();
        assertThat(engine.inspect(ended.id()).orElseThrow().oomKilled()).isEqualTo(said);
    }

    @Test
    @Shows(Capability.PROCESS)
    void theRestOfTheSpecReachesTheContainer() {
        assertThat(test.output(test.shell(
                                "hostname; pwd; id -u; echo $A; grep example.test /etc/hosts | awk '{print $1}'; cat /proc/1/comm")
                        .hostname("quay")
                        .workingDir("/tmp")
                        .user("1234")
                        .environment(Map.of("A", "b"))
                        .extraHosts(List.of("example.test:192.0.2.7"))
                        .init(true)))
                .matches("quay\n/tmp\n1234\nb\n192.0.2.7\n(docker|podman)-init\n");
    }

    @Test
    @Shows(Capability.PRIVILEGES)
    void rootCanBeReadOnlyAndCapabilitiesDropped() {
        assertThat(test.output(test.shell("touch /x 2>/dev/null || echo read-only; grep CapEff /proc/self/status")
                        .readOnlyRoot(true)
                        .dropCapabilities(List.of("ALL"))
                        .addCapabilities(List.of("net_admin"))))
                .isEqualTo("read-only\nCapEff:\t0000000000001000\n");
        assertThatExceptionOfType(DockerRefusedException.class)
                .isThrownBy(() -> engine.create(
                        test.shell("true").addCapabilities(List.of("FLIGHT")).build()))
                .withMessageContaining("FLIGHT");
    }
}
