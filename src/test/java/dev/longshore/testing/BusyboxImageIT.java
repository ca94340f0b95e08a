package dev.longshore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The image that the other tests run on where there is no other. */
@NeedsDocker
class BusyboxImageIT {
    private static final String NAME = "longshore-made-busybox:test";

    @Test
    void theDaemonRunsIt(LocalDocker docker) throws IOException {
        docker.client()
                .loadImageCmd(new ByteArrayInputStream(BusyboxImage.archive(NAME)))
                .exec();
        var container = docker.client()
                .createContainerCmd(NAME)
                .withCmd("sh", "-c", "ls / | grep -q tmp && exit 5")
                .exec()
                .getId();
        docker.client().startContainerCmd(container).exec();
        assertThat(docker.client().waitContainerCmd(container).start().awaitStatusCode())
                .isEqualTo(5);
        docker.client().removeContainerCmd(container).exec();
        docker.client().removeImageCmd(NAME).exec();
    }
}
