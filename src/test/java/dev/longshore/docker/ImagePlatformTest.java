package dev.longshore.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImagePlatformTest {
    private static final ImagePlatform MACHINE = new ImagePlatform("linux", "x86_64");

    private static boolean runs(String platform) {
        return ImagePlatform.parse(platform).runsOn(MACHINE);
    }

    @Test
    void theSameMachineHasSeveralNames() {
        assertThat(MACHINE).hasToString("linux/amd64");
        assertThat(ImagePlatform.parse("Linux/AMD64")).isEqualTo(MACHINE);
        assertThat(ImagePlatform.parse("linux/arm64/v8")).isEqualTo(new ImagePlatform("linux", "aarch64"));
        assertThat(ImagePlatform.parse("linux/arm/v7")).isEqualTo(new ImagePlatform("linux", "armv7l"));
    }

    @Test
    void whatIsNotSaidIsNotCompared() {
        assertThat(runs("linux")).isTrue();
        assertThat(runs("amd64")).isTrue();
        assertThat(runs("arm64")).isFalse();
        assertThat(runs("windows")).isFalse();
        assertThat(new ImagePlatform(null, null).runsOn(MACHINE)).isTrue();
    }

    @Test
    void anOlderOneRunsOnWhatTookItsPlaceAndNoOtherWay() {
        assertThat(runs("linux/386")).isTrue();
        assertThat(MACHINE.runsOn(ImagePlatform.parse("linux/386"))).isFalse();
        assertThat(ImagePlatform.parse("linux/386").matches(MACHINE)).isFalse();
        assertThat(runs("linux/arm64")).isFalse();
        assertThat(runs("windows/amd64")).isFalse();
    }
}
