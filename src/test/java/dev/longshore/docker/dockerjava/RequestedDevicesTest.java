package dev.longshore.docker.dockerjava;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.DeviceRequest;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.ContainerSpecBuilder;
import dev.longshore.docker.DockerRefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is requested of a daemon for GPUs, and what it may say that it has created. */
class RequestedDevicesTest {
    private static ContainerSpec gpus(String... ids) {
        return ContainerSpecBuilder.builder().gpuIds(List.of(ids)).build();
    }

    private static DeviceRequest request(String driver, String... ids) {
        return new DeviceRequest().withDriver(driver).withDeviceIds(List.of(ids));
    }

    private static DeviceRequest nvidia(String... ids) {
        return request("nvidia", ids).withCapabilities(List.of(List.of("gpu")));
    }

    @Test
    void eachDriverGetsTheIdsThatItKnows() {
        assertThat(ContainerRequests.gpus(gpus("0", "GPU-3a23c669-1f69-c64e")))
                .containsExactly(nvidia("0", "GPU-3a23c669-1f69-c64e"));
        assertThat(ContainerRequests.gpus(gpus("nvidia.com/gpu=1", "nvidia.com/gpu=0")))
                .containsExactly(request("cdi", "nvidia.com/gpu=1", "nvidia.com/gpu=0"));
        assertThat(ContainerRequests.gpus(gpus("1", "nvidia.com/gpu=0", "0")))
                .containsExactly(request("cdi", "nvidia.com/gpu=0"), nvidia("1", "0"));
    }

    @Test
    void aNumberIsRequestedOfTheDaemonsOwnDriver() {
        assertThat(ContainerRequests.gpus(
                        ContainerSpecBuilder.builder().gpuCount(2).build()))
                .containsExactly(new DeviceRequest().withCount(2).withCapabilities(List.of(List.of("gpu"))));
    }

    private static RequestedDevices answer(String requests) {
        try (var json =
                DockerQuery.parser(new ByteArrayInputStream("{\"Id\": \"c1\", \"HostConfig\": {\"DeviceRequests\": %s}}"
                        .formatted(requests)
                        .getBytes(UTF_8)))) {
            json.nextToken();
            return new ContainerAnswer(json, new AnswerBudget("container", 10_000)).devices();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As Docker 28.5.2 inspects them. */
    @Test
    void whatWasCreatedAsRequestedIsKept() {
        var both = answer("""
                [{"Driver":"cdi","Count":0,"DeviceIDs":["nvidia.com/gpu=0"],"Capabilities":null,"Options":null},
                 {"Driver":"nvidia","Count":0,"DeviceIDs":["1","0"],"Capabilities":[["gpu"]],"Options":{}}]""");
        assertThatCode(() -> both.require(gpus("0", "nvidia.com/gpu=0", "1"))).doesNotThrowAnyException();
        var all = answer("[{\"Driver\":\"\",\"Count\":-1,\"DeviceIDs\":null,\"Capabilities\":[[\"gpu\"]]}]");
        assertThatCode(() ->
                        all.require(ContainerSpecBuilder.builder().gpuCount(-1).build()))
                .doesNotThrowAnyException();
        assertThatCode(() ->
                        answer("null").require(ContainerSpecBuilder.builder().build()))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "[[\"cdi\"]]",
                "[{\"Driver\":\"cdi\"}]",
                "[{\"Driver\":\"cdi\",\"DeviceIDs\":[\"nvidia.com/gpu=0\"]}]",
                "[{\"Driver\":\"cdi\",\"DeviceIDs\":[\"nvidia.com/gpu=0\",\"nvidia.com/gpu=2\"]}]",
                "[{\"Driver\":\"cdi\",\"DeviceIDs\":[\"nvidia.com/gpu=0\",\"nvidia.com/gpu=1\",\"nvidia.com/gpu=2\"]}]",
                "[{\"Driver\":\"nvidia\",\"DeviceIDs\":[\"nvidia.com/gpu=0\",\"nvidia.com/gpu=1\"]}]",
                "[{\"Driver\":\"\",\"Count\":-1,\"Capabilities\":[[\"gpu\"]]}]"
            })
    void whatHasOtherDevicesIsRefused(String requests) {
        assertThatThrownBy(() -> answer(requests).require(gpus("nvidia.com/gpu=0", "nvidia.com/gpu=1")))
                .isInstanceOf(DockerRefusedException.class)
                .hasMessageStartingWith(
                        "the daemon ignored the request for GPUs [nvidia.com/gpu=0, nvidia.com/gpu=1]: remove gpus");
    }
}
