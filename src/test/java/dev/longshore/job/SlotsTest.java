package dev.longshore.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private static final List<Slots.Candidate> NARROW = List.of(new Slots.Candidate("team/narrow", 1));

    private final List<String> enqueued = new ArrayList<>();
    private final Slots slots = new Slots(job -> enqueued.add(job.name()), host -> {});

    private SlotQueue.Place ask(String name) {
        return ask(name, NARROW);
    }

    private SlotQueue.Place ask(String name, List<Slots.Candidate> candidates) {
        var applicant = new SlotQueue.Applicant(new JobKey("team", name, name), 3, Instant.EPOCH);
        return slots.ask(applicant, candidates, Duration.ZERO).place();
    }

    @Test
    void aJobWhoseContainerEndedGivesItsSlotToTheNext() {
        assertThat(ask("a")).isEqualTo(SlotQueue.Place.SLOT);
        assertThat(ask("b")).isEqualTo(SlotQueue.Place.NEXT);
        slots.release("a");
        assertThat(ask("b")).isEqualTo(SlotQueue.Place.SLOT);
    }

    @Test
    void aJobWhoseContainerWasMadeAheadAndDroppedKeepsItsPlace() {
        assertThat(ask("a")).isEqualTo(SlotQueue.Place.SLOT);
        assertThat(ask("b")).isEqualTo(SlotQueue.Place.NEXT);
        assertThat(ask("c")).isEqualTo(SlotQueue.Place.WAITING);
        slots.release("b");
        slots.release("a");
        assertThat(ask("c")).isEqualTo(SlotQueue.Place.WAITING);
        assertThat(ask("b")).isEqualTo(SlotQueue.Place.SLOT);
    }

    @Test
    void whoHasNoTurnForNowKeepsNoOtherWaitingAndHasItsPlaceAgainOnceAllHave() {
        var none = List.of(new Slots.Candidate("team/narrow", 1, 0));
        var one = List.of(new Slots.Candidate("team/narrow", 1, 1));
        assertThat(ask("a", none)).isEqualTo(SlotQueue.Place.WAITING);
        assertThat(ask("b", one)).isEqualTo(SlotQueue.Place.SLOT);
        assertThat(slots.waiting("team/narrow", List.of())).isEqualTo(1);
        enqueued.clear();
        slots.leave("b");
        assertThat(enqueued).containsExactly("a");
        enqueued.clear();
        slots.deferNone("team/narrow");
        assertThat(enqueued).containsExactly("a");
        assertThat(ask("c")).isEqualTo(SlotQueue.Place.WAITING);
        assertThat(ask("a")).isEqualTo(SlotQueue.Place.SLOT);
    }

    @Test
    void whoWaitsIsLookedAtOnceAJobThatIsGoneIsExpectedNoMore() {
        slots.expect("team/narrow", List.of(new JobKey("team", "gone", "gone")), Duration.ZERO);
        assertThat(ask("a")).isEqualTo(SlotQueue.Place.WAITING);
        enqueued.clear();
        slots.stopExpecting("team/narrow", Slots.LONGEST_EXPECTED.minusMillis(1));
        assertThat(enqueued).isEmpty();
        slots.stopExpecting("team/narrow", Slots.LONGEST_EXPECTED);
        assertThat(enqueued).containsExactly("a");
        assertThat(ask("a")).isEqualTo(SlotQueue.Place.SLOT);
    }
}
