package dev.longshore.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.AllowedHostPath;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.HostPolicyBuilder;
import dev.longshore.api.VolumeMount;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyCheckTest {
    private static Optional<String> ofImage(String image, String... globs) {
        return PolicyCheck.denial(
                ContainerTemplateSpecBuilder.builder().image(image).build(),
                HostPolicyBuilder.builder().allowedImages(List.of(globs)).build());
    }

    private static Optional<String> ofMount(String path, boolean readOnly, AllowedHostPath allowed) {
        return PolicyCheck.denial(
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
                .hasValueSatisfying(denial -> assertThat(denial).contains("readOnly: true only"));
    }

    @Test
    void aWritableEntryAdmitsExactlyItsPath() {
        var entry = new AllowedHostPath("/srv/data", false);
        assertThat(ofMount("/srv/data", false, entry)).isEmpty();
        assertThat(ofMount("/srv/data/set", false, entry)).isPresent();
    }

    @Test
    void nothingDangerousIsAllowedUnlessItIsListed() {
        var policy = HostPolicyBuilder.builder().build();
        var plain = ContainerTemplateSpecBuilder.builder().image("busybox");
        assertThat(PolicyCheck.denial(plain.build(), policy)).isEmpty();
        assertThat(PolicyCheck.denial(plain.privileged(true).build(), policy))
                .hasValueSatisfying(denial -> assertThat(denial).contains("policy.allowPrivileged"));
        assertThat(PolicyCheck.denial(
                        plain.privileged(false).devices(List.of("/dev/kvm")).build(), policy))
                .hasValueSatisfying(denial -> assertThat(denial).contains("policy.allowedDevices"));
    }
}
