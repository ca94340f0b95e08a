package dev.longshore.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import dev.longshore.api.DockerHostStatusBuilder;
import dev.longshore.api.EngineStatus;
import dev.longshore.api.HostImages;
import dev.longshore.api.PulledImage;
import dev.longshore.docker.DockerRefusedException;
import dev.longshore.docker.DockerUnavailableException;
import dev.longshore.docker.ImagePull;
import dev.longshore.docker.connection.PullRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ImageKeeperTest {
    private static final String HOST = "team/h";
    private static final String ID = "sha256:" + "1".repeat(64);
    private static final Duration HOUR = Duration.ofHours(1);

    private final QuickHost daemon = new QuickHost();
    private final Map<String, String> images = daemon.images;
    private final Map<String, CompletableFuture<String>> pulls = daemon.pulls;
    private final Map<String, PullRequest> requests = daemon.requests;
    private final DockerHost host = new DockerHost();
    private Duration now = Duration.ZERO;
    private int changes;

    private final ImageKeeper keeper = new ImageKeeper(key -> Set.of(), key -> changes++, () -> now);

    /** As the reconciler does, which stores the status. */
    private ImageKeeper.Report reconcile() {
        var report = keeper.reconcile(HOST, host, Optional.of(daemon));
        store(daemon.id, report.images());
        return report;
    }

    private void store(String engine, List<PulledImage> images) {
        host.setStatus(DockerHostStatusBuilder.builder()
                .images(images)
                .engine(new EngineStatus("docker", engine, "1", "1.41", "linux", "amd64", 1, null, List.of()))
                .build());
    }

    private void images(Integer removeAfterSeconds, String... prefetch) {
        host.setSpec(DockerHostSpecBuilder.builder()
                .images(new HostImages(List.of(prefetch), removeAfterSeconds))
                .build());
    }

    private void arrives(String reference) {
        images.put(reference, ID);
        pulls.remove(reference).complete(ID);
    }

    private void fails(String reference, RuntimeException why) {
        pulls.remove(reference).completeExceptionally(why);
    }

    private void pullForJob(String reference) {
        var unused = keeper.recording(HOST, daemon)
                .pull(new PullRequest(new ImagePull(reference, null, null), "team", new CompletableFuture<>()));
        arrives(reference);
    }

    private void pass(Duration time) {
        for (var end = now.plus(time); now.compareTo(end) < 0; now = now.plusSeconds(30)) {
            reconcile();
        }
        reconcile();
    }

    @Test
    void anImageThatAJobPulledGoesAfterTheTime() {
        images(3600);
        reconcile();
        pullForJob("app:1");
        assertThat(reconcile().images()).containsExactly(new PulledImage("app:1", ID));
        pass(HOUR.minusSeconds(60));
        assertThat(images).containsKey("app:1");
        keeper.used(HOST, ID);
        pass(HOUR.minusSeconds(60));
        assertThat(images).containsKey("app:1");
        pass(Duration.ofMinutes(2));
        assertThat(images).isEmpty();
        assertThat(reconcile().images()).isEmpty();
        assertThat(reconcile().requeueAfter()).isEmpty();
    }

    @Test
    void withoutATimeNothingGoes() {
        images(null);
        reconcile();
        pullForJob("app:1");
        pass(HOUR.multipliedBy(3));
        assertThat(images).containsKey("app:1");
        images.remove("app:1");
        pass(HOUR);
        assertThat(reconcile().images()).isEmpty();
    }

    @Test
    void whatWasThereBeforeIsNotRecorded() {
        images(3600);
        images.put("app:1", "sha256:" + "0".repeat(64));
        reconcile();
        pullForJob("app:1");
        assertThat(reconcile().images()).isEmpty();
    }

    @Test
    void aRefusalOfTheDaemonIsNoErrorAndTheTimeBeginsAnew() {
        images(3600);
        reconcile();
        pullForJob("app:1");
        daemon.inUse.add("app:1");
        pass(HOUR.plusMinutes(2));
        assertThat(images).containsKey("app:1");
        daemon.inUse.clear();
        pass(HOUR.minusMinutes(10));
        assertThat(images).containsKey("app:1");
        pass(Duration.ofMinutes(15));
        assertThat(images).isEmpty();
        assertThat(reconcile().problems()).isEmpty();
    }

    @Test
    void anotherDaemonBehindTheHostKeepsWhatIsThere() {
        images(3600);
        reconcile();
        pullForJob("app:1");
        pullForJob("tool:1");
        daemon.id = "another";
        pass(HOUR.multipliedBy(2));
        assertThat(images).containsKeys("app:1", "tool:1");
        assertThat(reconcile().images()).isEmpty();
    }

    @Test
    void soDoesOneThatCameWhileTheOperatorWasAway() {
        images(3600);
        images.put("app:1", ID);
        store("another", List.of(new PulledImage("app:1", ID)));
        pass(HOUR.multipliedBy(2));
        assertThat(images).containsKey("app:1");
    }

    @Test
    void aRestartBeginsTheTimeAnew() {
        images(3600);
        store(daemon.id, List.of(new PulledImage("app:1", ID)));
        images.put("app:1", ID);
        pass(HOUR.minusMinutes(1));
        assertThat(images).containsKey("app:1");
        pass(Duration.ofMinutes(2));
        assertThat(images).isEmpty();
    }

    @Test
    void listedImagesArePulledOnceForEachTimeTheHostBecomesReady() {
        images(null, "app:1", "tool:1");
        images.put("tool:1", "sha256:" + "2".repeat(64));
        daemon.ready = false;
        reconcile();
        assertThat(requests).isEmpty();
        daemon.ready = true;
        reconcile();
        assertThat(requests).containsOnlyKeys("app:1");
        assertThat(requests.get("app:1").image().credentials()).isNull();
        var before = changes;
        arrives("app:1");
        assertThat(changes).isGreaterThan(before);
        assertThat(reconcile().images()).containsExactly(new PulledImage("app:1", ID));
        images.clear();
        reconcile();
        assertThat(pulls).isEmpty();
        daemon.ready = false;
        reconcile();
        daemon.ready = true;
        reconcile();
        assertThat(pulls).containsOnlyKeys("app:1", "tool:1");
    }

    @Test
    void aPullOfAnImageThatIsTakenOutOfTheListEnds() {
        images(null, "app:1");
        reconcile();
        assertThat(requests.get("app:1").unwanted()).isNotDone();
        images(null);
        reconcile();
        assertThat(requests.get("app:1").unwanted()).isDone();
    }

    @Test
    void eachReasonIsReportedOnceAndThePullTriedAgainLaterAndLater() {
        images(null, "app:1");
        var tries = 0;
        var problems = new ArrayList<String>();
        for (var second = 0; second < 3600; second++) {
            problems.addAll(reconcile().problems());
            if (pulls.containsKey("app:1")) {
                tries++;
                fails("app:1", new DockerRefusedException(tries % 2 == 0 ? "no basic auth" : "manifest unknown", null));
            }
            now = now.plusSeconds(1);
        }
        assertThat(tries).isBetween(8, 13);
        assertThat(problems)
                .containsExactly(
                        "DockerHost team/h: failed to pull image app:1 (spec.images.prefetch): manifest unknown",
                        "DockerHost team/h: failed to pull image app:1 (spec.images.prefetch): no basic auth");
        assertThat(reconcile().requeueAfter()).isPresent();
    }

    @Test
    void anOutageOfTheDaemonIsNoProblemOfItsImages() {
        images(null, "app:1");
        reconcile();
        fails("app:1", new DockerUnavailableException(DockerUnavailableException.Cause.UNREACHABLE, "cut", null));
        assertThat(reconcile().problems()).isEmpty();
    }

    @Test
    void aHostThatIsGoneEndsItsPulls() {
        images(null, "app:1");
        reconcile();
        keeper.forget(HOST);
        assertThat(requests.get("app:1").unwanted()).isDone();
    }

    @Test
    void noMoreThanAStatusHoldsAreRecordedAndNoneIsForgotten() {
        var record = new PullRecord();
        record.over(List.of());
        for (var number = 0; number <= PullRecord.MOST; number++) {
            assertThat(record.pulled("app:" + number, new LocalImages(List.of()), "sha256:" + number))
                    .isEqualTo(number < PullRecord.MOST);
        }
        assertThat(record.over(List.of())).hasSize(PullRecord.MOST).contains(new PulledImage("app:0", "sha256:0"));
    }
}
