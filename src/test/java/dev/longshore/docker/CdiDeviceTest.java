package dev.longshore.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CdiDeviceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nvidia.com/gpu=0",
                "nvidia.com/gpu=all",
                "nvidia.com/gpu=0:1",
                "nvidia.com/gpu=GPU-3a23c669-1f69-c64e-cf85-44e9b07e7a2a",
                "v/c=d",
                "Vendor_1.example/a-b_c.d=1.2-3_4:5"
            })
    void aName(String id) {
        assertThat(CdiDevice.isName(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "GPU-3a23c669-1f69-c64e-cf85-44e9b07e7a2a",
                "/dev/nvidia0",
                "nvidia.com/gpu",
                "nvidia.com/gpu=",
                "gpu=0",
                "/gpu=0",
                "nvidia.com/=0",
                "1vendor.com/gpu=0",
                "vendor.com/1gpu=0",
                "vendor-/gpu=0",
                "vendor.com/gpu_=0",
                "vendor.com/gpu=:0",
                "vendor.com/gpu=0.",
                "a/b/c=0",
                "a/b=c=0",
                "vendor.com/gpu=0,1",
                "vendor.com/gpu=0\n",
                " vendor.com/gpu=0",
                "vendör.com/gpu=0"
            })
    void noName(String id) {
        assertThat(CdiDevice.isName(id)).isFalse();
    }

    @Test
    void aLongTextIsReadInLinearTime() {
        assertThat(CdiDevice.isName("a-".repeat(500_000))).isFalse();
        assertThat(CdiDevice.isName("a/b=" + "1:".repeat(500_000))).isFalse();
    }
}
