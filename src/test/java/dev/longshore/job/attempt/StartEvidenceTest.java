package dev.longshore.job.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.ContainerEvent;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.job.HostKey;
import dev.longshore.job.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whether a container may be started unseen: each condition alone is broken. */
class StartEvidenceTest {
    private static final HostKey HOST = new HostKey("ns", "host");
    private static final String ID = "c1";
    private static final long SUBSCRIPTION = 7;
    private static final Moment BOUND = at(0, 0);

    private static Moment at(long millis, long clockMillis) {
        return new Moment(
                Instant.parse("2026-01-01T00:00:00Z").plusMillis(clockMillis),
                Duration.ofHours(1).plusMillis(millis));
    }

    private static ContainerEvent event(String action) {
        return new ContainerEvent(ID, action, Instant.EPOCH, Map.of());
    }

    /** @param inputs null: another process has created it */
    private static StartEvidence bound(String inputs) {
        var created = ContainerSnapshotBuilder.builder()
                .id(ID)
                .state(ContainerSnapshot.State.CREATED)
                .build();
        return AttemptState.NONE
                .withPrepared(new Prepared(created, HOST, null, null, null, inputs, Duration.ZERO))
                .boundHere(ID, BOUND, at(50, 50))
                .start()
                .received(HOST, event("create"), SUBSCRIPTION);
    }

    private static boolean mayStart(StartEvidence evidence) {
        return evidence.isSurelyNotStarted(HOST, ID, SUBSCRIPTION, at(999, 999));
    }

    @Test
    void oneThatThisProcessHasCreatedAndBoundAndReceivedAllOf() {
        assertThat(mayStart(bound("inputs"))).isTrue();
        assertThat(mayStart(bound("inputs").boundTo(ID))).isTrue();
        assertThat(mayStart(bound("inputs").received(HOST, event("archive-path"), SUBSCRIPTION)))
                .isTrue();
    }

    @Test
    void notOneThatAnotherProcessHasCreated() {
        assertThat(mayStart(bound(null))).isFalse();
    }

    @Test
    void notOneThatAnotherProcessHasBound() {
        assertThat(mayStart(bound("inputs").boundTo("other").boundTo(ID))).isFalse();
        assertThat(mayStart(StartEvidence.NONE.received(HOST, event("create"), SUBSCRIPTION)))
                .isFalse();
    }

    @Test
    void notOneOfWhichMoreWasReceivedThanItsCreation() {
        for (var action : new String[] {"start", "die", "destroy", "rename", "exec_start"}) {
            assertThat(mayStart(bound("inputs").received(HOST, event(action), SUBSCRIPTION)))
                    .as(action)
                    .isFalse();
        }
    }

    @Test
    void notOneOfWhichSomethingMayHaveBeenMissed() {
        assertThat(bound("inputs").isSurelyNotStarted(HOST, ID, SUBSCRIPTION + 1, at(10, 10)))
                .isFalse();
        assertThat(bound("inputs").isSurelyNotStarted(HOST, ID, 0, at(10, 10))).isFalse();
        assertThat(mayStart(bound("inputs").withHistory(null))).isFalse();
        assertThat(mayStart(bound("inputs").received(HOST, event("archive-path"), SUBSCRIPTION + 1)))
                .isFalse();
    }

    @Test
    void notOneWhoseBindingWasSentASecondAgoByEitherClock() {
        assertThat(bound("inputs").isSurelyNotStarted(HOST, ID, SUBSCRIPTION, at(1000, 10)))
                .isFalse();
        assertThat(bound("inputs").isSurelyNotStarted(HOST, ID, SUBSCRIPTION, at(10, 1000)))
                .isFalse();
        assertThat(bound("inputs").isSurelyNotStarted(HOST, ID, SUBSCRIPTION, at(10, -1)))
                .isFalse();
    }

    @Test
    void notOneThatWasToBeStartedBefore() {
        assertThat(mayStart(bound("inputs").withSent(ID))).isFalse();
        assertThat(mayStart(bound("inputs").withRefused(ID))).isFalse();
    }

    @Test
    void notAnotherContainerNorOneOnAnotherHost() {
        assertThat(bound("inputs").isSurelyNotStarted(HOST, "c2", SUBSCRIPTION, at(10, 10)))
                .isFalse();
        assertThat(bound("inputs").isSurelyNotStarted(new HostKey("ns", "other"), ID, SUBSCRIPTION, at(10, 10)))
                .isFalse();
    }
}
