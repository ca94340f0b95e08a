package dev.longshore.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.DockerHostStatusBuilder;
import dev.longshore.api.EngineStatus;
import dev.longshore.api.HostImages;
import dev.longshore.api.PulledImage;
import dev.longshore.docker.EngineInfo;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.connection.PullRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Podman on a machine that was made anew with the same name cannot be told from the one before. */
class PodmanImagesTest {
    private static final String HOST = "team/h";
    private static final String ID = "sha256:" + "1".repeat(64);

    private final QuickHost daemon = new QuickHost();
    private final DockerHost host = new DockerHost();
    private Duration now = Duration.ZERO;
    private final ImageKeeper keeper = new ImageKeeper(key -> Set.of(), key -> {}, () -> now);

    @BeforeEach
    void start() {
        daemon.kind = EngineInfo.Kind.PODMAN;
        host.setSpec(DockerHostSpecBuilder.builder()
                .images(new HostImages(List.of(), 3600))
                .build());
    }

    /** As the reconciler does, which stores the status. */
    private List<PulledImage> reconcile() {
        var images = keeper.reconcile(HOST, host, Optional.of(daemon)).images();
        store(images);
        return images;
    }

    private void store(List<PulledImage> images) {
        host.setStatus(DockerHostStatusBuilder.builder()
                .images(images)
                .engine(new EngineStatus("podman", daemon.id, "5", "1.41", "linux", "amd64", 1, null, List.of()))
                .build());
    }

    private void pull(String reference) {
        var unused = keeper.recording(HOST, daemon)
                .pull(new PullRequest(new ImagePull(reference, null, null), "team", new CompletableFuture<>()));
        daemon.images.put(reference, ID);
        daemon.pulls.remove(reference).complete(ID);
    }

    private void passTwoHours() {
        for (var minute = 0; minute < 120; minute++) {
            now = now.plusMinutes(1);
            reconcile();
        }
    }

    @Test
    void whileItIsInSightItsUnusedImagesAreRemoved() {
        reconcile();
        pull("app:1");
        pull("tool:1");
        assertThat(reconcile()).hasSize(2);
        daemon.images.remove("tool:1");
        passTwoHours();
        assertThat(daemon.images).isEmpty();
        assertThat(reconcile()).isEmpty();
    }

    @Test
    void onceItWasOutOfSightWhatIsThereStays() {
        reconcile();
        pull("app:1");
        assertThat(reconcile()).hasSize(1);
        daemon.ready = false;
        assertThat(reconcile()).hasSize(1);
        daemon.ready = true;
        assertThat(reconcile()).isEmpty();
        passTwoHours();
        assertThat(daemon.images).containsKey("app:1");
    }

    @Test
    void soItDoesAfterARestartOfTheOperator() {
        daemon.images.put("app:1", ID);
        store(List.of(new PulledImage("app:1", ID)));
        daemon.ready = false;
        assertThat(reconcile()).hasSize(1);
        daemon.ready = true;
        passTwoHours();
        assertThat(daemon.images).containsKey("app:1");
        assertThat(reconcile()).isEmpty();
    }
}
