package dev.longshore.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.ImagePullPolicy;
import dev.longshore.api.JobReason;
import dev.longshore.api.LocalReference;
import dev.longshore.docker.DockerRefusedException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A registry that repeats what it was given. */
class RegistryMessagesTest {
    private static final String AUTH = Base64.getEncoder().encodeToString("someone:swordfish".getBytes(UTF_8));

    @Test
    void credentialsAreInNoMessage() {
        var world = new World(new Random(1), 1);
        world.schedule.pass(Duration.ofSeconds(5));
        world.secret(
                "registry",
                ".dockerconfigjson",
                "{\"auths\":{\"registry.example.com\":{\"auth\":\"" + AUTH + "\",\"identitytoken\":\"eyJ0b2tlbg\"}}}");
        for (var call = 0; call < 3; call++) {
            world.faults.plan(call, Faults.When.BEFORE, RegistryMessagesTest::refusesPull);
        }
        var job = world.submit(
                world.hosts().get(0),
                spec -> spec.template(ContainerTemplateSpecBuilder.builder()
                        .image("registry.example.com/image")
                        .imagePullPolicy(ImagePullPolicy.ALWAYS)
                        .imagePullSecrets(List.of(new LocalReference("registry")))
                        .build()));
        world.schedule.pass(Duration.ofSeconds(60));
        var status = world.api.byUid(job).orElseThrow().getStatus();
        assertThat(status.reason()).isEqualTo(JobReason.IMAGE_PULL_FAILED);
        assertThat(status.message()).endsWith("no pull for someone with ***, *** or ***");
    }

    private static Throwable refusesPull(String call) {
        return call.equals("pull")
                ? new DockerRefusedException("no pull for someone with swordfish, " + AUTH + " or eyJ0b2tlbg", null)
                : null;
    }
}
