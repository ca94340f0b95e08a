package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.HostConfig;
import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobPhase;
import dev.longshore.testing.Capability;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a template says arrives in the container, through the operator. */
@OnEachDaemon
class WholeTemplateIT {
    @TempDir
    private static Path folder;

    private static TestOperator operator;
    private static String network;

    @BeforeAll
    static void start(LocalDocker docker) throws IOException {
        operator = new TestOperator();
        network = operator.namespace() + "-";
        List.of("one", "two")
                .forEach(name -> docker.client()
                        .createNetworkCmd()
                        .withName(network + name)
                        .exec());
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("file"), "from the host\n");
        operator.createHost("local", """
                endpoint: %s
                policy:
                  allowedHostPaths: [{path: %s}]
                  allowedVolumes: ['%s*']
                  allowedCapabilities: [NET_ADMIN]
                  maxResources: {memory: 64Mi}
                """.formatted(LocalDocker.HOST, folder, network));
        operator.create("""
                apiVersion: v1
                kind: Secret
                metadata:
                  name: login
                data:
                  password: aHVudGVyMi1pbi1jbGVhcg==
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: settings
                data:
                  level: debug
                """);
    }

    @AfterAll
    static void stop(LocalDocker docker) {
        operator.close();
        docker.client()
                .listContainersCmd()
                .withShowAll(true)
                .withNetworkFilter(List.of(network + "one"))
                .exec()
                .forEach(container -> docker.client()
                        .removeContainerCmd(container.getId())
                        .withForce(true)
                        .withRemoveVolumes(true)
                        .exec());
        List.of("one", "two")
                .forEach(
                        name -> docker.client().removeNetworkCmd(network + name).exec());
        docker.client().removeVolumeCmd(network + "volume").exec();
    }

    private static List<String> lines(String name, String template) {
        operator.createJob(name, template);
        var status = operator.awaitFinished(name).getStatus();
        assertThat(status.phase()).as(status.message()).isEqualTo(JobPhase.COMPLETED);
        return status.logs().stdout().lines().toList();
    }

    @Test
    @Shows(Capability.PROCESS)
    void environmentUserAndFiles() {
        var lines = lines("inside", """
                command: [sh, -c]
                args:
                - env; id -u; id -g; pwd; hostname; grep internal /etc/hosts; stat -c '%a %u' /run/login/password; wc -c < /run/login/password
                workingDir: /tmp
                user: '1000:1001'
                hostname: walker
                extraHosts: [{ip: 10.1.2.3, hostnames: [db.internal]}]
                secretFiles: [{secretName: login, mountPath: /run/login}]
                envFrom:
                - {prefix: C_, configMapRef: {name: settings}}
                - {prefix: S_, secretRef: {name: login}}
                env:
                - {name: PLAIN, value: $(NOT) expanded}
                - {name: LEVEL, valueFrom: {configMapKeyRef: {name: settings, key: level}}}
                - {name: PASSWORD, valueFrom: {secretKeyRef: {name: login, key: password}}}
                - {name: NONE, valueFrom: {secretKeyRef: {name: absent, key: a, optional: true}}}
                """);
        assertThat(lines)
                .contains("PLAIN=$(NOT) expanded", "LEVEL=debug", "C_level=debug", "PASSWORD=***", "S_password=***")
                .containsSubsequence("1000", "1001", "/tmp", "walker")
                .contains("400 1000", "16")
                .anySatisfy(line -> assertThat(line).matches("10\\.1\\.2\\.3\\s+db\\.internal"))
                .noneSatisfy(line -> assertThat(line).startsWith("NONE="));
    }

    @Test
    @Shows({Capability.NETWORKS, Capability.NETWORK_NAMES, Capability.MOUNTS, Capability.LIMITS})
    void networksVolumesAndLimits(LocalDocker docker) {
        var lines = lines("outside", """
                command: [sh, -c, 'cat /host/file; touch /host/new || echo read-only; touch /volume/new; df -k /scratch | tail -n 1; ! nslookup second || echo resolved']
                networks: [{name: %1$sone, aliases: [first]}, {name: %1$stwo, aliases: [second]}]
                volumes:
                - {mountPath: /host, hostPath: %2$s, readOnly: true}
                - {mountPath: /volume, volumeName: %1$svolume}
                - {mountPath: /scratch, tmpfs: {size: 8Mi}}
                resources: {limits: {cpu: 250m}}
                capabilities: {add: [NET_ADMIN], drop: [CHOWN]}
                shmSize: 16Mi
                pidsLimit: 50
                init: true
                labels: {team: red}
                autoRemove: false
                """.formatted(network, folder));
        assertThat(lines)
                .contains("from the host", "read-only")
                .anySatisfy(line -> assertThat(line).matches("tmpfs\\s+8192 .*"));
        docker.check(Capability.NETWORK_NAMES, () -> assertThat(lines).contains("resolved"), () -> {});
        var job = operator.job("outside");
        var container = docker.client()
                .inspectContainerCmd(job.getStatus().containerID())
                .exec();
        assertThat(container.getName()).isEqualTo("/" + job.getStatus().containerName());
        assertLabels(container, job);
        assertLimits(container.getHostConfig());
        var networks = container.getNetworkSettings().getNetworks();
        assertThat(networks).containsOnlyKeys(network + "one", network + "two");
        assertThat(networks.get(network + "one").getAliases()).contains("first");
        assertThat(networks.get(network + "two").getAliases()).contains("second");
    }

    private static void assertLabels(InspectContainerResponse container, ContainerJob job) {
        assertThat(container.getConfig().getLabels())
                .containsEntry("team", "red")
                .containsEntry("longshore.dev/namespace", operator.namespace())
                .containsEntry("longshore.dev/job", "outside")
                .containsEntry("longshore.dev/job-uid", job.getMetadata().getUid())
                .containsEntry("longshore.dev/attempt", "1")
                .containsEntry("longshore.dev/host", operator.namespace() + "/local")
                .containsKeys("longshore.dev/instance", "longshore.dev/template");
    }

    private static void assertLimits(HostConfig host) {
        assertThat(host.getNanoCPUs()).isEqualTo(250_000_000L);
        assertThat(host.getMemory()).as("the host's ceiling").isEqualTo(64L << 20);
        assertThat(host.getPidsLimit()).isEqualTo(50);
        assertThat(host.getShmSize()).isEqualTo(16L << 20);
        assertThat(host.getInit()).isTrue();
        assertThat(host.getAutoRemove()).isFalse();
        assertThat(host.getCapAdd()).extracting(Enum::name).containsExactly("NET_ADMIN");
        assertThat(host.getCapDrop()).extracting(Enum::name).containsExactly("CHOWN");
    }

    @Test
    @Shows(Capability.NO_NETWORK)
    void isolation() {
        assertThat(lines("isolated", """
                        command: [sh, -c, 'ls /sys/class/net; touch /new || echo read-only']
                        networkMode: none
                        readOnlyRootFilesystem: true
                        """)).containsExactly("lo", "read-only");
    }

    @Test
    @Shows(Capability.STOP)
    void itsOwnStopSignal() {
        operator.createJob("signalled", """
                command: [sh, -c, 'trap "exit 42" USR1; while :; do sleep 0.1; done']
                stopSignal: SIGUSR1
                timeoutSeconds: 1
                """);
        assertThat(operator.awaitFinished("signalled").getStatus().exitCode()).isEqualTo(42);
    }

    @Test
    void aJobGoesOverItsTemplate() {
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerTemplate
                metadata:
                  name: base
                spec:
                  image: busybox:stable
                  command: [sh, -c]
                  args: ['echo template']
                  env: [{name: A, value: template}, {name: B, value: template}]
                  resources: {limits: {cpu: '1', memory: 32Mi}}
                ---
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: over
                spec:
                  hostRef: {name: local}
                  templateRef: {name: base}
                  args: ['echo $A $B $C; pwd']
                  workingDir: /tmp
                  env: [{name: B, value: job}, {name: C, value: job}]
                  resources: {limits: {cpu: 500m}}
                """);
        var status = operator.awaitFinished("over").getStatus();
        assertThat(status.logs().stdout()).isEqualTo("template job job\n/tmp\n");
        assertThat(status.effective().env())
                .extracting(variable -> variable.name() + "=" + variable.value())
                .containsExactly("A=template", "B=job", "C=job");
        assertThat(status.effective().resources().limits().toString()).contains("500m", "32Mi");
    }
}
