package dev.longshore.job.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.AllowedHostPath;
import dev.longshore.api.Capabilities;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.HostPolicy;
import dev.longshore.api.HostPolicyBuilder;
import dev.longshore.api.NetworkMode;
import dev.longshore.api.ResourceList;
import dev.longshore.api.Resources;
import dev.longshore.api.VolumeMount;
import dev.longshore.docker.EngineInfo;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCheckTest {
    private static final ResourceList TWO = new ResourceList(Quantity.parse("2"), Quantity.parse("1Gi"));

    private static Optional<String> denial(ContainerTemplateSpec container, HostPolicy policy) {
        return PolicyCheck.denial(
                container, DockerHostSpecBuilder.builder().policy(policy).build());
    }

    private static Optional<String> ofImage(String image, String... globs) {
        return denial(
                ContainerTemplateSpecBuilder.builder().image(image).build(),
                HostPolicyBuilder.builder().allowedImages(List.of(globs)).build());
    }

    private static Optional<String> ofMount(String path, boolean readOnly, AllowedHostPath... allowed) {
        return denial(
                ContainerTemplateSpecBuilder.builder()
                        .image("busybox")
                        .volumes(List.of(new VolumeMount("/data", readOnly, path, null, null)))
                        .build(),
                HostPolicyBuilder.builder().allowedHostPaths(List.of(allowed)).build());
    }

    @ParameterizedTest
    @CsvSource({
        "busybox, busybox",
        "busybox, docker.io/library/busybox:latest",
        "docker.io/library/busybox:latest, busybox",
        "registry.example.org/team/app:1.2, registry.example.org/team/*",
        "registry.example.org/team/tools/app, registry.example.org/**",
    })
    void admitsImagesHoweverTheyAreWritten(String image, String glob) {
        assertThat(ofImage(image, glob)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "busybox, registry.example.org/busybox",
        "registry.example.org/team/tools/app, registry.example.org/team/*",
        "registry.example.org.evil.example/team/app, registry.example.org/**",
        "sha256:4f3eaa4774a4ad9af1b86c6c9e239cab38627686569b20cc22d28c114d1d8b9b, **",
    })
    void deniesOtherImages(String image, String glob) {
        assertThat(ofImage(image, glob))
                .hasValueSatisfying(denial -> assertThat(denial).contains("policy.allowedImages"));
    }

    @Test
    void admitsReadOnlyMountsBelowAReadOnlyEntry() {
        var entry = new AllowedHostPath("/srv/data", true);
        assertThat(ofMount("/srv/data", true, entry)).isEmpty();
        assertThat(ofMount("/srv/data/", true, entry)).isEmpty();
        assertThat(ofMount("//srv/./data/set", true, entry)).isEmpty();
    }

    @Test
    void comparesWholeSegmentsOfPaths() {
        var entry = new AllowedHostPath("/srv/data", true);
        assertThat(ofMount("/srv/database", true, entry)).isPresent();
        assertThat(ofMount("/srv", true, entry)).isPresent();
        assertThat(ofMount("/", true, entry)).isPresent();
    }

    @Test
    void aReadOnlyEntryAdmitsNoWrites() {
        assertThat(ofMount("/srv/data", false, new AllowedHostPath("/srv/data", true)))
                .hasValueSatisfying(denial -> assertThat(denial).contains("is only allowed with readOnly: true"));
    }

    @Test
    void aWritableEntryAdmitsExactlyItsPath() {
        var entry = new AllowedHostPath("/srv/data", false);
        assertThat(ofMount("/srv/data", false, entry)).isEmpty();
        assertThat(ofMount("/srv/data/set", false, entry)).isPresent();
    }

    /** A job with /srv/data/out could put a link to / there, which the next job's mount would follow. */
    @Test
    void whatAJobMayReplaceCanBeMountedByNone() {
        var entries = new AllowedHostPath[] {
            new AllowedHostPath("/srv/data", true),
            new AllowedHostPath("/srv/data/out", false),
            new AllowedHostPath("/srv/data/out/deeper", false),
        };
        assertThat(ofMount("/srv/data/out", false, entries)).isEmpty();
        assertThat(ofMount("/srv/data/out/", true, entries)).isEmpty();
        assertThat(ofMount("/srv/data/set", true, entries)).isEmpty();
        assertThat(ofMount("/srv/data/output", true, entries)).isEmpty();
        assertThat(ofMount("/srv/data/out/link", true, entries))
                .hasValueSatisfying(denial -> assertThat(denial)
                        .contains("/srv/data/out/link", "is below /srv/data/out,", "policy.allowedHostPaths"));
        assertThat(ofMount("/srv/data/./out//link", true, entries)).isPresent();
        assertThat(ofMount("/srv/data/out/deeper", false, entries)).isPresent();
    }

    private static Optional<String> ofLimits(String cpu, String memory) {
        return denial(
                limited(cpu, memory),
                HostPolicyBuilder.builder().maxResources(TWO).build());
    }

    private static ContainerTemplateSpec limited(String cpu, String memory) {
        var limits = new ResourceList(
                cpu == null ? null : Quantity.parse(cpu), memory == null ? null : Quantity.parse(memory));
        return ContainerTemplateSpecBuilder.builder()
                .image("busybox")
                .resources(new Resources(limits, null))
                .build();
    }

    private static ResourceLimits limits(String cpu, String memory, EngineInfo machine) {
        return ResourceLimits.of(
                limited(cpu, memory),
                HostPolicyBuilder.builder().maxResources(TWO).build(),
                Optional.ofNullable(machine));
    }

    private static EngineInfo machine(int cpus, long memory) {
        return new EngineInfo(
                EngineInfo.Kind.DOCKER, "id", "1", "1.41", "linux", "x86_64", cpus, memory, List.of(), null);
    }

    /** Docker takes less than a hundredth of a core for no limit at all. */
    @Test
    void aTinyLimitIsRaisedToTheLeastThatDockerHoldsAContainerTo() {
        assertThat(limits("9u", "1", null)).isEqualTo(new ResourceLimits(10_000_000L, 6L << 20));
        assertThat(limits("1n", "1m", null)).isEqualTo(new ResourceLimits(10_000_000L, 6L << 20));
        assertThat(limits("0", "0", null)).isEqualTo(new ResourceLimits(2_000_000_000L, 1L << 30));
        assertThat(limits("11m", "7Mi", null)).isEqualTo(new ResourceLimits(11_000_000L, 7L << 20));
    }

    @Test
    void whatIsRaisedIsComparedWithTheCeiling() {
        assertThat(ofLimits("9u", "1")).isEmpty();
        assertThat(ofLimits("2", "1Gi")).isEmpty();
        assertThat(ofLimits("2001m", "1025Mi"))
                .contains("cpu limit 2001m exceeds the maximum of 2 (policy.maxResources);"
                        + " memory limit 1025Mi exceeds the maximum of 1Gi (policy.maxResources)");
    }

    @Test
    void aCeilingAboveTheMachineIsNoMoreThanTheMachine() {
        assertThat(limits(null, null, machine(1, 512L << 20)))
                .isEqualTo(new ResourceLimits(1_000_000_000L, 512L << 20));
        assertThat(limits(null, null, machine(8, 8L << 30))).isEqualTo(new ResourceLimits(2_000_000_000L, 1L << 30));
        assertThat(limits(null, null, machine(0, 0))).isEqualTo(new ResourceLimits(2_000_000_000L, 1L << 30));
        assertThat(limits("1500m", null, machine(1, 0)).nanoCpus()).isEqualTo(1_500_000_000L);
    }

    @Test
    void allThatIsDeniedIsSaid() {
        var greedy = ContainerTemplateSpecBuilder.builder()
                .image("busybox")
                .privileged(true)
                .networkMode(NetworkMode.HOST)
                .devices(List.of("/dev/kvm", "/dev/fuse"))
                .volumes(List.of(
                        new VolumeMount("/a", false, null, "someone", null),
                        new VolumeMount("/b", true, "/etc", null, null)))
                .capabilities(new Capabilities(List.of("SYS_ADMIN"), null))
                .build();
        var policy =
                HostPolicyBuilder.builder().allowedImages(List.of("another")).build();
        assertThat(denial(greedy, policy).orElseThrow().split("; "))
                .containsExactly(
                        "privileged containers are not allowed (policy.allowPrivileged)",
                        "host network is not allowed (policy.allowHostNetwork)",
                        "image docker.io/library/busybox:latest is not allowed (policy.allowedImages)",
                        "volume someone is not allowed (policy.allowedVolumes)",
                        "host path /etc is not allowed (policy.allowedHostPaths)",
                        "capability SYS_ADMIN is not allowed (policy.allowedCapabilities)",
                        "device /dev/kvm is not allowed (policy.allowedDevices)",
                        "device /dev/fuse is not allowed (policy.allowedDevices)");
    }

    @Test
    void whatIsSaidIsBounded() {
        var devices = IntStream.range(0, 200)
                .mapToObj(number -> "/dev/" + "x".repeat(number * 20))
                .toList();
        var denial = denial(
                        ContainerTemplateSpecBuilder.builder()
                                .image("busybox")
                                .devices(devices)
                                .build(),
                        HostPolicyBuilder.builder().build())
                .orElseThrow();
        assertThat(denial).hasSizeLessThan(900).contains("device /dev/ is").endsWith(" more");
    }

    @Test
    void nothingDangerousIsAllowedUnlessItIsListed() {
        var policy = HostPolicyBuilder.builder().build();
        var plain = ContainerTemplateSpecBuilder.builder().image("busybox");
        assertThat(denial(plain.build(), policy)).isEmpty();
        assertThat(denial(plain.privileged(true).build(), policy))
                .hasValueSatisfying(denial -> assertThat(denial).contains("policy.allowPrivileged"));
        assertThat(denial(plain.privileged(false).devices(List.of("/dev/kvm")).build(), policy))
                .hasValueSatisfying(denial -> assertThat(denial).contains("policy.allowedDevices"));
    }
}
