package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import dev.longshore.testing.BusyboxImage;
import dev.longshore.testing.Capability;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.LocalRegistry;
import dev.longshore.testing.OnEachDaemon;
import dev.longshore.testing.Shows;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Images that were made for other machines. */
@OnEachDaemon
@Shows(Capability.PLATFORM)
class PlatformIT {
    private static final String FOREIGN = "s390x";
    private static final String IMAGE = "foreign-" + UUID.randomUUID() + ":1";
    private static TestOperator operator;

    @BeforeAll
    static void start(LocalDocker docker) throws IOException {
        docker.client()
                .loadImageCmd(new ByteArrayInputStream(BusyboxImage.archive(IMAGE, FOREIGN)))
                .exec();
        operator = new TestOperator();
        operator.createHost();
    }

    @AfterAll
    static void stop(LocalDocker docker) {
        operator.close();
        docker.client().removeImageCmd(IMAGE).withForce(true).exec();
    }

    private static void createJob(String name, String fields) {
        createJob(name, IMAGE, fields);
    }

    private static void createJob(String name, String image, String fields) {
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: %s
                spec:
                  hostRef: {name: local}
                  template:
                    image: %s
                    command: [echo, ran]
                    networkMode: none
                %s
                """.formatted(name, image, fields.indent(4)));
    }

    private static List<Event> events(String name) {
        return operator.client().events().v1().events().inNamespace(operator.namespace()).list().getItems().stream()
                .filter(event -> event.getRegarding().getName().equals(name))
                .toList();
    }

    @Test
    void anImageForAnotherMachineThatNobodyAskedForIsWarnedOf() {
        createJob("unasked", "");
        assertThat(operator.awaitFinished("unasked").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(events("unasked"))
                        .filteredOn(event -> event.getReason().equals("PlatformMismatch"))
                        .singleElement()
                        .satisfies(event -> {
                            assertThat(event.getType()).isEqualTo("Warning");
                            assertThat(event.getNote())
                                    .startsWith("image " + IMAGE + " is for linux/" + FOREIGN + ", but DockerHost "
                                            + operator.namespace() + "/local is linux/");
                        }));
    }

    @Test
    void oneThatIsMeantIsNot() {
        createJob("meant", "platform: linux/" + FOREIGN);
        assertThat(operator.awaitFinished("meant").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
        await().atMost(TestOperator.SOON)
                .until(() -> events("meant").stream()
                        .anyMatch(event -> event.getReason().equals("Completed")));
        assertThat(events("meant")).noneMatch(event -> event.getReason().equals("PlatformMismatch"));
    }

    @Test
    void oneThatIsNotWhatWasAskedForIsRefusedInTheDaemonsWords() {
        createJob("other", """
                platform: linux/ppc64le
                imagePullPolicy: Never
                """);
        var status = operator.awaitFinished("other").getStatus();
        assertThat(status.reason().value()).isEqualTo("ImagePullFailed");
        assertThat(status.message())
                .contains(IMAGE, "linux/ppc64le (imagePullPolicy: Never)")
                // With a containerd image store, the second; of Podman, the last.
                .containsAnyOf(
                        "does not match the specified platform",
                        "does not provide the specified platform",
                        "image not known");
    }

    /** It is here for this machine, and for the other one in the registry only. */
    @Test
    @EnabledIf("dev.longshore.testing.LocalRegistry#isHere")
    void oneThatIsHereForAnotherPlatformIsPulledForThisOne(LocalDocker docker, @TempDir Path folder) throws Exception {
        var own = System.getProperty("os.arch").replace("aarch64", "arm64");
        try (var registry = new LocalRegistry(folder)) {
            registry.pushFor(docker, "several/app", "1", own, FOREIGN);
            var image = registry.name() + "/several/app:1";
            try {
                createJob("here", image, "");
                assertThat(operator.awaitFinished("here").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
                createJob("never", image, "platform: linux/" + FOREIGN + "\nimagePullPolicy: Never");
                assertThat(operator.awaitFinished("never").getStatus().reason()).isEqualTo(JobReason.IMAGE_PULL_FAILED);
                createJob("there", image, "platform: linux/" + FOREIGN);
                var status = operator.awaitFinished("there").getStatus();
                assertThat(status.message()).isEqualTo("container exited with code 0");
                // Once more, without a pull.
                createJob("again", image, "platform: linux/" + FOREIGN + "\nimagePullPolicy: Never");
                assertThat(operator.awaitFinished("again").getStatus().phase()).isEqualTo(JobPhase.COMPLETED);
            } finally {
                registry.removeAll(docker);
            }
        }
    }
}
