package dev.longshore.job.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final List<Slots.Candidate> NARROW = List.of(new Slots.Candidate("team/narrow", 1));

    private final List<String> enqueued = new ArrayList<>();
    private final List<Runnable> timeouts = new ArrayList<>();
    private final Slots slots = new Slots(
            job -> enqueued.add(job.name()), host -> {}, (wait, timeout) -> timeouts.add(timeout));

    private SlotQueue.Position ask(String name) {
        return ask(name, NARROW);
    }

    private SlotQueue.Position ask(String name, List<Slots.Candidate> candidates) {
        var applicant = new SlotQueue.Applicant(new JobKey("team", name, name), 3, Instant.EPOCH);
        return slots.admit(applicant, candidates, Duration.ZERO).position();
    }

    @Test
    void aJobWhoseContainerEndedGivesItsSlotToTheNext() {
        assertThat(ask("a")).isEqualTo(SlotQueue.Position.SLOT);
        assertThat(ask("b")).isEqualTo(SlotQueue.Position.NEXT);
        slots.releaseSlot("a");
        assertThat(ask("b")).isEqualTo(SlotQueue.Position.SLOT);
    }

    @Test
    void aJobWhoseContainerWasMadeAheadAndDroppedKeepsItsPlace() {
        assertThat(ask("a")).isEqualTo(SlotQueue.Position.SLOT);
        assertThat(ask("b")).isEqualTo(SlotQueue.Position.NEXT);
        assertThat(ask("c")).isEqualTo(SlotQueue.Position.WAITING);
        slots.releaseSlot("b");
        slots.releaseSlot("a");
        assertThat(ask("c")).isEqualTo(SlotQueue.Position.WAITING);
        assertThat(ask("b")).isEqualTo(SlotQueue.Position.SLOT);
    }

    @Test
    void whoHasNoTurnForNowKeepsNoOtherWaitingAndHasItsPlaceAgainOnceAllHave() {
        var none = List.of(new Slots.Candidate("team/narrow", 1, 0));
        var one = List.of(new Slots.Candidate("team/narrow", 1, 1));
        assertThat(ask("a", none)).isEqualTo(SlotQueue.Position.WAITING);
        assertThat(ask("b", one)).isEqualTo(SlotQueue.Position.SLOT);
        assertThat(slots.waiting("team/narrow", List.of())).isEqualTo(1);
        enqueued.clear();
        slots.release("b");
        assertThat(enqueued).containsExactly("a");
        enqueued.clear();
        slots.deferNone("team/narrow");
        assertThat(enqueued).containsExactly("a");
        assertThat(ask("c")).isEqualTo(SlotQueue.Position.WAITING);
        assertThat(ask("a")).isEqualTo(SlotQueue.Position.SLOT);
    }

    @Test
    void whoWaitsIsEnqueuedOnceTheHostAwaitsNobodyMore() {
        slots.barrier().await("team/narrow", List.of(new JobKey("team", "gone", "gone")));
        assertThat(ask("a")).isEqualTo(SlotQueue.Position.WAITING);
        assertThat(enqueued).containsExactly("a");
        enqueued.clear();
        timeouts.get(0).run();
        assertThat(enqueued).containsExactly("a");
        assertThat(ask("a")).isEqualTo(SlotQueue.Position.SLOT);
    }
}
