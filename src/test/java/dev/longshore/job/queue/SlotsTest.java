package dev.longshore.job.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final HostKey HOST = new HostKey("team", "narrow");
    private static final List<Candidate> NARROW = List.of(new Candidate(HOST, 1));

    private final List<String> enqueued = new ArrayList<>();
    private final List<HostKey> changed = new ArrayList<>();
    private final List<Runnable> timeouts = new ArrayList<>();
    private final Slots slots = new Slots(
            job -> enqueued.add(job.name()),
            changed::add,
            (wait, timeout) -> timeouts.add(timeout),
            () -> Duration.ZERO);

    private QueuePosition admitJob(String name) {
        return admitJob(name, NARROW);
    }

    private QueuePosition admitJob(String name, List<Candidate> candidates) {
        var applicant = new Applicant(new JobKey("team", name, name), 3, Instant.EPOCH);
        return slots.admit(applicant, candidates, Duration.ZERO).position();
    }

    @Test
    void aJobThatMayRunOnManyHostsChangesOnlyTheOneThatItGets() {
        var many = IntStream.range(0, 100)
                .mapToObj(n -> new Candidate(new HostKey("team", "host-" + n), 1))
                .toList();
        assertThat(admitJob("a", many)).isEqualTo(QueuePosition.SLOT);
        assertThat(changed).containsExactly(new HostKey("team", "host-0"));
        changed.clear();
        slots.release("a");
        assertThat(changed).containsExactly(new HostKey("team", "host-0"));
    }

    @Test
    void aJobWhoseContainerEndedGivesItsSlotToTheNext() {
        assertThat(admitJob("a")).isEqualTo(QueuePosition.SLOT);
        assertThat(admitJob("b")).isEqualTo(QueuePosition.NEXT);
        slots.releaseSlot("a");
        assertThat(admitJob("b")).isEqualTo(QueuePosition.SLOT);
    }

    @Test
    void aJobWhoseContainerWasMadeAheadAndDroppedKeepsItsPlace() {
        assertThat(admitJob("a")).isEqualTo(QueuePosition.SLOT);
        assertThat(admitJob("b")).isEqualTo(QueuePosition.NEXT);
        assertThat(admitJob("c")).isEqualTo(QueuePosition.WAITING);
        slots.releaseSlot("b");
        slots.releaseSlot("a");
        assertThat(admitJob("c")).isEqualTo(QueuePosition.WAITING);
        assertThat(admitJob("b")).isEqualTo(QueuePosition.SLOT);
    }

    @Test
    void whoHasNoTurnForNowKeepsNoOtherWaitingAndHasItsPlaceAgainOnceAllHave() {
        var none = List.of(new Candidate(HOST, 1, 0));
        var one = List.of(new Candidate(HOST, 1, 1));
        assertThat(admitJob("a", none)).isEqualTo(QueuePosition.WAITING);
        assertThat(admitJob("b", one)).isEqualTo(QueuePosition.SLOT);
        assertThat(slots.waiting(HOST, List.of())).isEqualTo(1);
        enqueued.clear();
        slots.release("b");
        assertThat(enqueued).containsExactly("a");
        enqueued.clear();
        slots.on(HOST).deferNone();
        assertThat(enqueued).containsExactly("a");
        assertThat(admitJob("c")).isEqualTo(QueuePosition.WAITING);
        assertThat(admitJob("a")).isEqualTo(QueuePosition.SLOT);
    }

    @Test
    void whoWaitsIsEnqueuedOnceTheHostAwaitsNobodyMore() {
        slots.barrier().await(HOST, List.of(new Applicant(new JobKey("team", "gone", "gone"), 1, Instant.EPOCH)));
        assertThat(admitJob("a")).isEqualTo(QueuePosition.WAITING);
        assertThat(enqueued).containsExactly("a");
        enqueued.clear();
        timeouts.get(0).run();
        assertThat(enqueued).containsExactly("a");
        assertThat(admitJob("a")).isEqualTo(QueuePosition.SLOT);
    }
}
