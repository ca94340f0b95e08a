package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerTemplateSpec;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.ImagePullPolicy;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.api.SecretFiles;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Jobs that hold MiBs of Secrets while their images are pulled. */
class LargeInputsTest {
    private static final ContainerTemplateSpec HUNGRY = ContainerTemplateSpecBuilder.builder()
            .image("busybox:stable")
            .imagePullPolicy(ImagePullPolicy.ALWAYS)
            .secretFiles(List.of(new SecretFiles("large", "/run/large")))
            .build();
    private static final ContainerTemplateSpec MODEST =
            ContainerTemplateSpecBuilder.builder().image("busybox:stable").build();

    private final World world = new World(new Random(1), 3, 2);

    @Test
    void oneThatHasToWaitForOthersSaysSoAndKeepsNoSlotMeanwhile() {
        world.secret("large", "value", "x".repeat(4_000_000));
        world.schedule.pass(Duration.ofSeconds(5));
        for (var i = 0; i < 3; i++) {
            submit(0, HUNGRY);
        }
        submit(1, HUNGRY);
        world.schedule.pass(Duration.ofSeconds(1));
        var waits = submit(1, HUNGRY);
        world.schedule.pass(Duration.ofSeconds(1));
        var modest = submit(1, MODEST);
        world.schedule.pass(Duration.ofSeconds(9));
        assertThat(status(waits).reason()).isEqualTo(JobReason.WAITING_FOR_SLOT);
        assertThat(status(waits).message()).startsWith("queued: containers being created already use all memory");
        assertThat(status(modest).phase()).isEqualTo(JobPhase.RUNNING);
    }

    private String submit(int host, ContainerTemplateSpec template) {
        return world.submit(world.hosts().get(host), spec -> spec.template(template));
    }

    private ContainerJobStatus status(String job) {
        return world.api.byUid(job).orElseThrow().getStatus();
    }
}
