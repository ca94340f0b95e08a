package dev.longshore.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.DockerHostSpec;
import dev.longshore.manifest.ManifestReader;
import dev.longshore.manifest.Manifests;
import dev.longshore.manifest.Purpose;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocalHostsTest {
    private static DockerHostSpec thisMachine(String... gpus) {
        var jobs = new StringBuilder();
        for (var number = 0; number < gpus.length; number++) {
            jobs.append("""
                    ---
                    apiVersion: longshore.dev/v1
                    kind: ContainerJob
                    metadata: {name: job%d}
                    spec: {template: {image: x, gpus: {%s}}}
                    """.formatted(number, gpus[number]));
        }
        var manifests = Manifests.of(new ManifestReader(Purpose.RUN)
                .read(List.of("-"), new ByteArrayInputStream(jobs.toString().getBytes(UTF_8))));
        return LocalHosts.of(new LocalHosts.Work(manifests, manifests.jobs(), Set.of()), RunOptions.NONE)
                .get(0)
                .getSpec();
    }

    /** The policy admits no CDI device that its host does not list. */
    @Test
    void cdiDevicesThatJobsNameAreThisMachines() {
        assertThat(thisMachine("deviceIDs: [a.com/gpu=1, '0']", "deviceIDs: ['0', a.com/gpu=0]")
                        .allocatable()
                        .gpus())
                .containsExactly("a.com/gpu=1", "0", "a.com/gpu=0");
        assertThat(thisMachine("deviceIDs: ['0', GPU-1]", "all: true").allocatable())
                .isNull();
    }
}
