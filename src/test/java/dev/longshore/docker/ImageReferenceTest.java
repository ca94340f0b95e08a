package dev.longshore.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({
        "busybox, docker.io/library/busybox:latest",
        "busybox:stable, docker.io/library/busybox:stable",
        "user/image, docker.io/user/image:latest",
        "docker.io/busybox, docker.io/library/busybox:latest",
        "index.docker.io/busybox, docker.io/library/busybox:latest",
        "index.docker.io/user/image:1, docker.io/user/image:1",
        "localhost/a, localhost/a:latest",
        "localhost:5000/a, localhost:5000/a:latest",
        "registry:5000/a/b/c:d, registry:5000/a/b/c:d",
        "registry.example.com/a, registry.example.com/a:latest",
        "Registry/a, Registry/a:latest",
        "[2001:db8::1]:5000/a, [2001:db8::1]:5000/a:latest",
        "127.0.0.1:5000/a_b/c__d/e-f.g, 127.0.0.1:5000/a_b/c__d/e-f.g:latest",
        "a---b, docker.io/library/a---b:latest",
        "image:V1.2-x_y, docker.io/library/image:V1.2-x_y"
    })
    void isCompletedAsDockerDoesIt(String written, String complete) {
        assertThat(ImageReference.parse(written)).hasToString(complete);
        assertThat(ImageReference.parse(complete)).hasToString(complete);
    }

    @Test
    void aDigestNeedsNoTag() {
        assertThat(ImageReference.parse("busybox@" + DIGEST))
                .isEqualTo(new ImageReference("docker.io", "library/busybox", null, DIGEST))
                .hasToString("docker.io/library/busybox@" + DIGEST);
        assertThat(ImageReference.parse("busybox:1@" + DIGEST))
                .isEqualTo(new ImageReference("docker.io", "library/busybox", "1", DIGEST))
                .hasToString("docker.io/library/busybox:1@" + DIGEST);
    }

    @Test
    void anImageIdIsNoPlaceToPullFrom() {
        assertThat(ImageReference.isImageId(DIGEST)).isTrue();
        assertThat(ImageReference.isImageId(DIGEST.substring(7))).isTrue();
        assertThat(ImageReference.isImageId("sha256:0123")).isTrue();
        assertThat(ImageReference.isImageId("busybox@" + DIGEST)).isFalse();
        assertThat(ImageReference.isImageId("deadbeef")).isFalse();
        assertThat(ImageReference.parse(DIGEST).domain()).isNull();
        assertThat(ImageReference.parse(DIGEST)).hasToString(DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Busybox",
                "a/B",
                "/a",
                "a/",
                "a//b",
                "a:",
                "a:b:c",
                ":tag",
                "-a",
                "a-",
                "a..b",
                "a___b",
                "a b",
                "https://registry/a",
                "a@sha256:12",
                "a@",
                "a:-x",
                "a\n",
                "registry:port/a",
                "-registry.example/a"
            })
    void whatDockerWouldNotTakeIsRefused(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageReference.parse(written))
                .withMessageContaining("'" + written + "'");
    }

    @Test
    @Timeout(10)
    void longOnesAreRefusedWithoutMuchWork() {
        for (var part : new String[] {"a-", "a__", "a/", "a.", "a:", "a@", "-", "/", "["}) {
            for (var length : new int[] {1020, 1_000_000}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> ImageReference.parse(part.repeat(length / part.length()) + "!"));
            }
        }
        assertThat(ImageReference.isImageId("a".repeat(1_000_000))).isFalse();
    }

    @Test
    void aTagHasAtMost128Characters() {
        assertThat(ImageReference.parse("a:" + "x".repeat(128)).tag()).hasSize(128);
        assertThatIllegalArgumentException().isThrownBy(() -> ImageReference.parse("a:" + "x".repeat(129)));
    }
}
