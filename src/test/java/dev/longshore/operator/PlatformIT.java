package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.JobPhase;
import dev.longshore.testing.BusyboxImage;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.NeedsDocker;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Images that were made for other machines. */
@NeedsDocker
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
                """.formatted(name, IMAGE, fields.indent(4)));
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
                .contains(IMAGE, "does not match the specified platform", "linux/ppc64le", "linux/" + FOREIGN);
    }
}
