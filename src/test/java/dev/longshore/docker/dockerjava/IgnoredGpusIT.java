package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.dockerjava.api.model.DeviceRequest;
import dev.longshore.docker.ContainerSpec;
import dev.longshore.docker.ContainerSpecBuilder;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.Endpoint;
import dev.longshore.testing.Capability;
import dev.longshore.testing.HostileAnswers;
import dev.longshore.testing.HostileDaemon;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A job that wants GPUs does not run without them because its daemon says nothing. */
@OnEachDaemon
class IgnoredGpusIT {
    private static final ContainerSpec WITH_GPUS = ContainerSpecBuilder.builder()
            .name("longshore-u1-1")
            .image("busybox:stable")
            .gpuCount(-1)
            .build();

    /** As Podman 5.8.6 does. */
    @Test
    void aContainerThatWasCreatedWithoutThemIsRemoved() throws IOException {
        var created = Map.of(
                "Id",
                "c1",
                "Name",
                "/longshore-u1-1",
                "State",
                Map.of("Status", "created"),
                "HostConfig",
                Map.of("Devices", new String[0]));
        try (var daemon = new HostileDaemon()
                        .on("POST /containers/create", HostileAnswers.body("201 Created", "{\"Id\": \"c1\"}"))
                        .on("GET /containers/c1/json", HostileAnswers.json(created))
                        .on("DELETE /containers/c1", HostileAnswers.body("204 No Content", ""));
                var engine = new DockerJavaEngineFactory().connect(new Endpoint(daemon.endpoint(), null))) {
            assertThatThrownBy(() -> engine.create(WITH_GPUS))
                    .isInstanceOf(DockerRefusedException.class)
                    .hasMessageContaining("ignored the request for GPUs");
            assertThat(daemon.requests()).contains("DELETE /containers/c1");
        }
    }

    private static List<DeviceRequest> requests(LocalDocker docker, ContainerSpec spec) {
        return docker.client()
                .inspectContainerCmd(spec.name())
                .exec()
                .getHostConfig()
                .getDeviceRequests();
    }

    @Test
    @Shows(Capability.GPUS)
    void aDaemonEitherTakesTheRequestOrTheContainerIsNotThere(LocalDocker docker) {
        try (var test = new EngineUnderTest(docker)) {
            var all = test.shell("true").gpuCount(-1).build();
            var byId = test.shell("true")
                    .gpuIds(List.of("1", "vendor.com/gpu=0", "GPU-3a23c669"))
                    .build();
            docker.check(
                    Capability.GPUS,
                    () -> {
                        test.engine.create(all);
                        assertThat(requests(docker, all))
                                .extracting(DeviceRequest::getCount)
                                .containsExactly(-1);
                        test.engine.create(byId);
                        assertThat(requests(docker, byId))
                                .extracting(DeviceRequest::getDriver, DeviceRequest::getDeviceIds)
                                .containsExactly(
                                        tuple("cdi", List.of("vendor.com/gpu=0")),
                                        tuple("nvidia", List.of("1", "GPU-3a23c669")));
                    },
                    () -> List.of(all, byId).forEach(spec -> {
                        assertThatThrownBy(() -> test.engine.create(spec))
                                .isInstanceOf(DockerRefusedException.class)
                                .hasMessageContaining("ignored the request for GPUs");
                        assertThat(test.engine.inspect(spec.name())).isEmpty();
                    }));
        }
    }
}
