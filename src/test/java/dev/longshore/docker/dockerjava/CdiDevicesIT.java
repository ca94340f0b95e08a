package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.model.DeviceRequest;
import dev.longshore.docker.ContainerSpecBuilder;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.LogRequest;
import dev.longshore.testing.Capability;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** GPUs as containers get them, with the devices of src/scripts/with-daemon.sh, each of which is /dev/null. */
@OnEachDaemon
class CdiDevicesIT {
    private static final List<String> GPUS =
            IntStream.range(0, 4).mapToObj(gpu -> "longshore.dev/gpu=" + gpu).toList();

    private static ContainerSpecBuilder with(EngineUnderTest test, List<String> gpus) {
        return test.shell("env | grep '^LONGSHORE_GPU' | sort; ls /dev | grep longshore")
                .gpuIds(gpus);
    }

    private static String output(int... gpus) {
        var lines = new StringBuilder();
        IntStream.of(gpus).forEach(gpu -> lines.append("LONGSHORE_GPU_" + gpu + "=yes\n"));
        IntStream.of(gpus).forEach(gpu -> lines.append("longshore-gpu" + gpu + "\n"));
        return lines.toString();
    }

    @Test
    @Shows(Capability.CDI)
    void eachContainerHasItsOwnDevicesAlone(LocalDocker docker) {
        assumeTrue(
                Capability.CDI.difference(docker.kind()).isPresent() || System.getenv("LONGSHORE_CDI_DEVICES") != null,
                "the daemon has no devices for tests: src/scripts/with-daemon.sh");
        try (var test = new EngineUnderTest(docker)) {
            docker.check(
                    Capability.CDI,
                    () -> {
                        assertThat(test.engine.info().devices()).isEqualTo(GPUS);
                        var started = GPUS.stream()
                                .map(gpu -> test.started(with(test, List.of(gpu))))
                                .toList();
                        for (var gpu = 0; gpu < GPUS.size(); gpu++) {
                            test.ended(started.get(gpu));
                            assertThat(requests(docker, started.get(gpu))).containsExactly(cdi(GPUS.get(gpu)));
                            assertThat(test.engine
                                            .logs(started.get(gpu), new LogRequest(65_536, EngineUnderTest.NO_SECRETS))
                                            .stdout())
                                    .isEqualTo(output(gpu));
                        }
                        assertThat(test.output(with(test, List.of(GPUS.get(2), GPUS.get(0)))))
                                .isEqualTo(output(0, 2));
                    },
                    () -> {
                        assertThat(test.engine.info().devices()).isEmpty();
                        assertThatThrownBy(() -> test.started(with(test, List.of(GPUS.get(0)))))
                                .isInstanceOf(DockerRefusedException.class);
                    });
        }
    }

    private static DeviceRequest cdi(String... ids) {
        return new DeviceRequest().withDriver("cdi").withCount(0).withDeviceIds(List.of(ids));
    }

    private static List<DeviceRequest> requests(LocalDocker docker, String container) {
        return docker.client()
                .inspectContainerCmd(container)
                .exec()
                .getHostConfig()
                .getDeviceRequests();
    }
}
