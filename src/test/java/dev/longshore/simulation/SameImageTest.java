package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.ContainerTemplateSpecBuilder;
import dev.longshore.api.HostPolicyBuilder;
import dev.longshore.api.ImagePullPolicy;
import dev.longshore.api.JobReason;
import dev.longshore.api.RetryPolicy;
import dev.longshore.docker.ContainerSnapshot.State;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A tag that moves between the attempts of a job. */
class SameImageTest {
    private static final String TAG = "busybox:stable";

    private final World world = new World(new Random(1), 1, 1);

    private String submit(String host, String image, ImagePullPolicy policy) {
        var job = world.submit(
                host,
                spec -> spec.template(ContainerTemplateSpecBuilder.builder()
                        .image(image)
                        .imagePullPolicy(policy)
                        .retry(new RetryPolicy(2, 5, 60, null))
                        .build()));
        pass();
        return job;
    }

    private void pass() {
        world.schedule.pass(Duration.ofMinutes(1));
    }

    /** Someone pushes version 2. */
    private void moveTag() {
        world.daemons.all().forEach(daemon -> daemon.images.push(TAG, 2));
    }

    private void failAttempt() {
        world.daemons.exit(world.daemons.containers(State.RUNNING).get(0).id(), 1);
        pass();
    }

    private ContainerJobStatus status(String job) {
        return world.api.job(job).getStatus();
    }

    @Test
    void allAttemptsRunTheImageOfTheFirst() {
        var job = submit(null, TAG, ImagePullPolicy.ALWAYS);
        assertThat(status(job).imageDigest()).isEqualTo(SimulatedImages.digest(1));
        var first = status(job).host();
        moveTag();
        failAttempt();
        // The third one on another host.
        world.daemons.of("team/" + first.name()).refusals.of(Set.of("create"));
        failAttempt();
        assertThat(status(job).attempt()).isEqualTo(3);
        assertThat(status(job).imageID()).isEqualTo(SimulatedImages.id(1));
        assertThat(status(job).imageDigest()).isEqualTo(SimulatedImages.digest(1));
        assertThat(world.api.job(job).getStatus().host()).isNotEqualTo(first);
        world.daemons.all().forEach(daemon -> daemon.refusals.none());
        world.schedule.pass(Duration.ofMinutes(10));
        var another = submit(null, TAG, ImagePullPolicy.ALWAYS);
        assertThat(status(another).imageDigest()).isEqualTo(SimulatedImages.digest(2));
        world.endWell();
    }

    @Test
    void aHostThatForbidsDigestsTakesTheRetryOfATagThatItAllows() {
        var host = world.hosts().get(0);
        world.changeHost(
                host,
                spec -> spec.policy(
                        HostPolicyBuilder.builder().allowedImages(List.of(TAG)).build()));
        var job = submit(host, TAG, null);
        moveTag();
        failAttempt();
        assertThat(status(job).attempt()).isEqualTo(2);
        assertThat(status(job).imageID()).isEqualTo(SimulatedImages.id(1));
        world.endWell();
    }

    @Test
    void withPullPolicyNeverTheImageMustStillBeThere() {
        var job = submit(world.hosts().get(0), TAG, ImagePullPolicy.NEVER);
        world.daemons.all().forEach(daemon -> daemon.images.lose(1));
        failAttempt();
        world.schedule.pass(Duration.ofMinutes(5));
        assertThat(status(job).reason()).isEqualTo(JobReason.IMAGE_PULL_FAILED);
        assertThat(status(job).message())
                .contains("image " + SimulatedImages.digest(1) + " not found on DockerHost team/host-0")
                .contains("imagePullPolicy: Never");
    }

    /** Anyone who can write a status could otherwise have another image run than the policy of a host allows. */
    @Test
    void aDigestOfAnotherRepositoryIsIgnored() {
        var job = submit(world.hosts().get(0), TAG, null);
        forge(job, "evil@" + SimulatedImages.id(7));
        failAttempt();
        assertThat(status(job).attempt()).isEqualTo(2);
        assertThat(status(job).imageID()).isEqualTo(SimulatedImages.id(1));
        world.endWell();
    }

    /** As it was stored by a version that knew no digests. */
    @Test
    void aJobWithoutADigestGoesOnByItsTag() {
        var job = submit(world.hosts().get(0), TAG, ImagePullPolicy.ALWAYS);
        forge(job, null);
        moveTag();
        failAttempt();
        assertThat(status(job).attempt()).isEqualTo(2);
        assertThat(status(job).imageID()).isEqualTo(SimulatedImages.id(2));
        world.endWell();
    }

    private void forge(String job, String digest) {
        var stored = world.api.job(job);
        world.api.writeStatus(
                stored,
                ContainerJobStatusBuilder.builder(stored.getStatus())
                        .imageDigest(digest)
                        .build());
        pass();
    }

    /** Another host may have another platform, and nothing has run yet. */
    @Test
    void aHostThatRefusedTheFirstStartDoesNotFixTheImage() {
        world.daemons.all().forEach(daemon -> daemon.refusals.of(Set.of("start")));
        var job = submit(null, TAG, ImagePullPolicy.ALWAYS);
        assertThat(status(job).attempt()).isNull();
        assertThat(status(job).imageDigest()).isNull();
        moveTag();
        world.daemons.all().forEach(daemon -> daemon.refusals.none());
        world.endWell();
        assertThat(status(job).imageDigest()).isEqualTo(SimulatedImages.digest(2));
    }
}
