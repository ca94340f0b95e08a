package dev.longshore.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import dev.longshore.testing.LocalDocker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** The image as the Dockerfile makes it, on bases of this machine; gone at the end. */
final class TestImage implements AutoCloseable {
    private final DockerClient docker = LocalDocker.shared().client();
    private final String id;

    TestImage() throws IOException {
        assertThat(Path.of("target", "longshore.jar")).as("make build makes it").exists();
        new LocalBases(docker).ensure();
        id = docker.buildImageCmd(new File("."))
                .withBuildArg("JDK_IMAGE", LocalBases.JDK_IMAGE)
                .withBuildArg("BASE_IMAGE", LocalBases.BASE_IMAGE)
                .withBuildArg("VERSION", "1.2.3")
                .withBuildArg("REVISION", "abcdef")
                .exec(new BuildImageResultCallback())
                .awaitImageId();
    }

    String id() {
        return id;
    }

    @Override
    public void close() {
        docker.removeImageCmd(id).withForce(true).exec();
    }
}
