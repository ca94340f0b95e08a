package dev.longshore.job.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SyncBarrierTest {
    private static final HostKey HOST = new HostKey("team", "local");
    private static final HostKey OTHER = new HostKey("team", "other");

    private final List<Duration> waits = new ArrayList<>();
    private final List<Runnable> timeouts = new ArrayList<>();
    private final List<HostKey> opened = new ArrayList<>();
    private final SyncBarrier barrier = new SyncBarrier(
            (wait, timeout) -> {
                waits.add(wait);
                timeouts.add(timeout);
            },
            opened::add);

    private void await(HostKey host, String... jobs) {
        barrier.await(host, Stream.of(jobs).map(SyncBarrierTest::job).toList());
    }

    private static Applicant job(String uid) {
        return new Applicant(new JobKey("team", uid, uid), 3, Instant.EPOCH);
    }

    private boolean isOpen() {
        return barrier.isOpen(HOST, job("z"), false);
    }

    @Test
    void aHostWithoutJobsIsOpen() {
        await(HOST);

        assertThat(isOpen()).isTrue();
        assertThat(timeouts).isEmpty();
        assertThat(opened).isEmpty();
    }

    @Test
    void aHostOpensWithTheLastJobThatIsSynced() {
        await(HOST, "a", "b");
        assertThat(isOpen()).isFalse();

        barrier.synced("a", List.of(HOST));
        assertThat(isOpen()).isFalse();

        barrier.synced("b", List.of(HOST));
        assertThat(isOpen()).isTrue();
        assertThat(opened).containsExactly(HOST, HOST);
    }

    @Test
    void aJobWaitsForThoseBeforeItInOrderAlone() {
        await(HOST, "b", "d");

        assertThat(barrier.isOpen(HOST, job("a"), false)).isTrue();
        assertThat(barrier.isOpen(HOST, job("b"), false)).as("itself").isTrue();
        assertThat(barrier.isOpen(HOST, job("c"), false)).isFalse();

        barrier.synced("b", List.of(HOST));

        assertThat(opened).containsExactly(HOST);
        assertThat(barrier.isOpen(HOST, job("c"), false)).isTrue();
        assertThat(barrier.isOpen(HOST, job("e"), false)).isFalse();

        await(HOST, "e");
        barrier.synced("e", List.of(HOST));

        assertThat(opened).as("the first is the same").containsExactly(HOST);
    }

    @Test
    void aJobThatIsNotAwaitedOpensNothing() {
        await(HOST, "a");

        barrier.synced("b", List.of(HOST, OTHER));

        assertThat(isOpen()).isFalse();
        assertThat(opened).isEmpty();
    }

    @Test
    void eachHostAwaitsItsOwnJobs() {
        await(HOST, "a", "b");
        await(OTHER, "a");
        assertThat(barrier.awaiting("a")).containsExactlyInAnyOrder(HOST, OTHER);
        assertThat(barrier.awaiting("b")).containsExactly(HOST);

        barrier.synced("a", List.of(OTHER));

        assertThat(opened).containsExactly(OTHER);
        assertThat(barrier.awaiting("a")).containsExactly(HOST);
    }

    @Test
    void aHostOpensAtItsTimeoutWhateverItAwaits() {
        await(HOST, "gone");
        assertThat(waits).containsExactly(SyncBarrier.TIMEOUT);

        timeouts.get(0).run();

        assertThat(isOpen()).isTrue();
        assertThat(barrier.awaiting("gone")).isEmpty();
        assertThat(opened).containsExactly(HOST);
    }

    @Test
    void jobsThatAreAddedKeepTheHostClosedUntilTheirOwnTimeout() {
        await(HOST, "a");
        await(HOST, "b");

        timeouts.get(0).run();
        assertThat(isOpen()).isFalse();
        assertThat(barrier.awaiting("a")).containsExactly(HOST);

        timeouts.get(1).run();
        assertThat(isOpen()).isTrue();
        assertThat(opened).containsExactly(HOST);
    }

    @Test
    void aTimeoutAfterTheLastJobOpensNothingAgain() {
        await(HOST, "a");
        barrier.synced("a", List.of(HOST));

        timeouts.get(0).run();

        assertThat(opened).containsExactly(HOST);
    }
}
