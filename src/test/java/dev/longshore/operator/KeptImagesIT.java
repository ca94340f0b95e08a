package dev.longshore.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.exception.NotFoundException;
import dev.longshore.api.DockerHostStatus;
import dev.longshore.api.HostImages;
import dev.longshore.api.PulledImage;
import dev.longshore.testing.LocalDocker;
import dev.longshore.testing.LocalRegistry;
import dev.longshore.testing.NeedsDocker;
import io.fabric8.kubernetes.api.model.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Images that are pulled in advance, and removed when nobody uses them. */
@NeedsDocker
@EnabledIf("dev.longshore.testing.LocalRegistry#isHere")
class KeptImagesIT {
    private static final int SECONDS = 2;

    @TempDir
    private Path folder;

    private LocalRegistry registry;
    private TestOperator operator;

    @BeforeEach
    void start() throws IOException {
        registry = new LocalRegistry(folder);
        operator = new TestOperator();
    }

    @AfterEach
    void stop(LocalDocker docker) {
        operator.close();
        registry.close();
        registry.removeAll(docker);
    }

    private String pushed(LocalDocker docker, String path) {
        registry.push(docker, path, "1", path);
        return registry.name() + "/" + path + ":1";
    }

    private void createHost(String images) {
        operator.createHost("local", "endpoint: " + LocalDocker.HOST + "\nimages: " + images);
        operator.awaitReady("local");
    }

    private void run(String name, String image) {
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: %s
                spec:
                  hostRef: {name: local}
                  template: {image: "%s", command: ["true"]}
                """.formatted(name, image));
        assertThat(operator.awaitFinished(name).getStatus().message()).contains("exited with code 0");
    }

    private static boolean isThere(LocalDocker docker, String image) {
        try {
            docker.client().inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private DockerHostStatus status() {
        return operator.host("local").getStatus();
    }

    private List<String> recorded() {
        return status().images().stream().map(PulledImage::reference).toList();
    }

    private static void awaitGone(LocalDocker docker, String image) {
        await().atMost(TestOperator.SOON).until(() -> !isThere(docker, image));
    }

    @Test
    void anImageThatAJobPulledIsRemovedWhenNothingUsesIt(LocalDocker docker) {
        var image = pushed(docker, "unused/app");
        createHost("{removeUnusedAfterSeconds: %d}".formatted(SECONDS));
        run("first", image);
        assertThat(operator.job("first").getStatus().imageID()).startsWith("sha256:");
        await().atMost(TestOperator.SOON)
                .until(() -> !isThere(docker, image) && recorded().isEmpty());
        run("second", image);
        awaitGone(docker, image);
    }

    @Test
    void oneThatWasPulledByItsDigestIsRemovedAsWell(LocalDocker docker) {
        var digest = registry.push(docker, "digest/app", "1", "one");
        var image = registry.name() + "/digest/app@" + digest;
        createHost("{removeUnusedAfterSeconds: %d}".formatted(SECONDS));
        run("by-digest", image);
        assertThat(operator.job("by-digest").getStatus().imageDigest()).endsWith("/digest/app@" + digest);
        await().atMost(TestOperator.SOON)
                .until(() -> !isThere(docker, image) && recorded().isEmpty());
    }

    @Test
    void oneWhoseTagHasMovedIsRemovedAsWell(LocalDocker docker) throws Exception {
        var image = pushed(docker, "moving/app");
        createHost("{removeUnusedAfterSeconds: %d}".formatted(SECONDS));
        run("before", image);
        var id = operator.job("before").getStatus().imageID();
        // Until then the first one stays.
        operator.editHost("local", host -> host.images(new HostImages(List.of(image), 3600)));
        registry.push(docker, "moving/app", "2", "another");
        registry.moveTag("moving/app", "1", "2");
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: after
                spec:
                  hostRef: {name: local}
                  template: {image: "%s", imagePullPolicy: Always, command: ["true"]}
                """.formatted(image));
        assertThat(operator.awaitFinished("after").getStatus().imageID()).isNotEqualTo(id);
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(status().images())
                        .extracting(PulledImage::id)
                        .contains(id, operator.job("after").getStatus().imageID()));
        operator.editHost("local", host -> host.images(new HostImages(List.of(), SECONDS)));
        awaitGone(docker, id);
        awaitGone(docker, image);
    }

    @Test
    void whatSomeoneElseUsesOrPulledStays(LocalDocker docker) throws Exception {
        var theirs = pushed(docker, "theirs/app");
        docker.client().pullImageCmd(theirs).start().awaitCompletion();
        var used = pushed(docker, "used/app");
        var moved = pushed(docker, "moved/app");
        var unused = pushed(docker, "unused/app");
        createHost("{}");
        for (var image : List.of(theirs, used, moved)) {
            run(image.replaceAll(".*/([a-z]+)/.*", "$1"), image);
        }
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(recorded()).containsExactly(used, moved));
        var container =
                docker.client().createContainerCmd(used).withCmd("true").exec().getId();
        docker.client()
                .tagImageCmd(LocalDocker.IMAGE, moved.substring(0, moved.length() - 2), "1")
                .exec();
        operator.editHost("local", host -> host.images(new HostImages(null, SECONDS)));
        run("unused", unused);
        awaitGone(docker, unused);
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(recorded()).containsExactly(used));
        assertThat(isThere(docker, used)).isTrue();
        assertThat(isThere(docker, theirs)).isTrue();
        assertThat(isThere(docker, moved)).isTrue();
        docker.client().removeContainerCmd(container).exec();
        awaitGone(docker, used);
    }

    @Test
    void aJobThatWaitsKeepsItsImage(LocalDocker docker) {
        var image = pushed(docker, "waited/app");
        var unused = pushed(docker, "unused/app");
        createHost("{removeUnusedAfterSeconds: %d}".formatted(SECONDS));
        operator.create("""
                apiVersion: longshore.dev/v1
                kind: ContainerTemplate
                metadata:
                  name: waiting
                spec: {image: "%s", command: ["true"]}
                ---
                apiVersion: longshore.dev/v1
                kind: ContainerJob
                metadata:
                  name: waiting
                spec:
                  hostRef: {name: local}
                  suspend: true
                  templateRef: {name: waiting}
                """.formatted(image));
        operator.awaitReason("waiting", "Suspended");
        run("first", image);
        run("unused", unused);
        awaitGone(docker, unused);
        assertThat(isThere(docker, image)).isTrue();
        operator.delete(operator.job("waiting"));
        awaitGone(docker, image);
    }

    @Test
    void listedImagesArePulledWhenTheHostIsReadyAndStay(LocalDocker docker) {
        var first = pushed(docker, "first/app");
        var second = pushed(docker, "second/app");
        createHost("{prefetch: [\"%s\"], removeUnusedAfterSeconds: %d}".formatted(first, SECONDS));
        await().atMost(TestOperator.SOON).until(() -> isThere(docker, first));
        operator.editHost("local", host -> host.images(new HostImages(List.of(first, second), SECONDS)));
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(recorded()).containsExactly(first, second));
        operator.restart();
        operator.awaitReady("local");
        operator.editHost("local", host -> host.images(new HostImages(List.of(first), SECONDS)));
        awaitGone(docker, second);
        assertThat(isThere(docker, first)).isTrue();
    }

    @Test
    void whatTheRegistryRefusesIsReportedOnce() {
        var missing = registry.name() + "/missing/app:1";
        createHost("{prefetch: [\"%s\", \"Not A Reference\"]}"
                .formatted(missing)
                .replace(" A ", "-A-")
                .replace("-A- ", "-A-"));
        await().atMost(TestOperator.SOON)
                .untilAsserted(() -> assertThat(warnings())
                        .anyMatch(message -> message.startsWith("DockerHost " + operator.namespace()
                                        + "/local: failed to pull image " + missing + " (spec.images.prefetch): ")
                                && (message.contains("manifest unknown") || message.endsWith(": not found")))
                        .anyMatch(message -> message.contains("invalid image reference")));
        assertThat(warnings()).hasSize(2);
    }

    private List<String> warnings() {
        return operator.client().v1().events().inNamespace(operator.namespace()).list().getItems().stream()
                .filter(event -> "ImagePullFailed".equals(event.getReason()))
                .map(Event::getMessage)
                .toList();
    }
}
