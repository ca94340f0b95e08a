package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.docker.ContainerSnapshot.State;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A platform that was asked for, on a daemon that does not look whether it has that. Its images are for linux/amd64. */
class PlatformTest {
    private final World world = new World(new Random(1), 1);

    private String submit(String platform) {
        var job = world.submit(
                world.hosts().get(0),
                spec -> spec.template(ContainerTemplateSpecBuilder.builder()
                        .image("busybox:stable")
                        .platform(platform)
                        .build()));
        world.schedule.pass(Duration.ofMinutes(1));
        return job;
    }

    @Test
    void anImageForAnotherOneIsPulledThenRefusedAndLeavesNothing() {
        var status = world.api.byUid(submit("linux/arm64")).orElseThrow().getStatus();
        assertThat(world.faults.calls()).contains("pull");
        assertThat(status.phase()).isEqualTo(JobPhase.FAILED);
        assertThat(status.reason()).isEqualTo(JobReason.IMAGE_PULL_FAILED);
        assertThat(status.message())
                .endsWith("does not match the specified platform: wanted linux/arm64, actual: linux/amd64");
        assertThat(world.faults.calls()).doesNotContain("start");
        assertThat(world.daemons.containers(State.CREATED)).isEmpty();
    }

    /** Such a daemon does, and what it says of the image is of the platform that suits its machine. */
    @Test
    void anImageThatMayHaveSeveralIsTakenAsTheDaemonTookIt() {
        world.daemons.all().forEach(daemon -> daemon.images.nameByManifest());
        assertThat(world.api
                        .byUid(submit("linux/arm64"))
                        .orElseThrow()
                        .getStatus()
                        .phase())
                .isEqualTo(JobPhase.RUNNING);
        assertThat(world.faults.calls()).doesNotContain("pull");
    }

    @Test
    void theSameOneByAnotherNameIsTaken() {
        assertThat(world.api
                        .byUid(submit("linux/x86_64"))
                        .orElseThrow()
                        .getStatus()
                        .phase())
                .isEqualTo(JobPhase.RUNNING);
        assertThat(world.faults.calls()).doesNotContain("pull");
    }
}
