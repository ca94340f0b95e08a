package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.ContainerSpec;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsDocker;
import java.util.List;
import org.junit.jupiter.api.Test;

/** File systems in memory. */
@NeedsDocker
class TmpfsIT {
    private static final long MIB = 1 << 20;

    @Test
    void whoeverRunsInItCanWriteToIt(LocalDocker docker) {
        try (var test = new EngineUnderTest(docker)) {
            var mounts = List.<ContainerSpec.Mount>of(
                    new ContainerSpec.Tmpfs("/sized", 8 * MIB, false), new ContainerSpec.Tmpfs("/any", null, false));
            assertThat(test.output(test.shell("stat -c %a /sized /any; touch /sized/x /any/x && echo written")
                            .user("1234")
                            .mounts(mounts)))
                    .isEqualTo("1777\n1777\nwritten\n");
        }
    }
}
