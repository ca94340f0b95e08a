package dev.longshore.job.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random histories of one host's queue, beside a list that is searched at each step. */
class SlotQueueTest {
    private static final int HISTORIES = 300;
    private static final int STEPS = 200;
    private static final Comparator<Applicant> ORDER = Comparator.comparing(Applicant::priority)
            .thenComparing(Applicant::created)
            .thenComparing(applicant -> applicant.job().name());

    @Test
    void slotsAndOrderHoldInEveryHistory() {
        var first = Long.getLong("seed", System.nanoTime());
        for (var seed = first; seed < first + HISTORIES; seed++) {
            new History(seed).run();
        }
    }

    @Test
    void aContainerThatIsFoundRunningHasASlotWhateverTheirNumber() {
        var queue = new SlotQueue((job, fair) -> true, () -> Duration.ZERO);
        queue.reserve(new JobKey("team", "a", "a"), Room.NONE);
        queue.reserve(new JobKey("team", "b", "b"), Room.NONE);
        assertThat(queue.runningCount()).isEqualTo(2);
        assertThat(admit(queue, applicant(0, 1, 0), 1)).isEqualTo(QueuePosition.NEXT);
        queue.release("a");
        queue.release("b");
        assertThat(admit(queue, applicant(0, 1, 0), 1)).isEqualTo(QueuePosition.SLOT);
    }

    @Test
    void noSlotIsGivenWhileTheQueueIsClosedAndTheFirstInOrderGetsIt() {
        var open = new AtomicBoolean();
        var queue = new SlotQueue((job, fair) -> open.get(), () -> Duration.ZERO);
        assertThat(admit(queue, applicant(1, 3, 0), 1)).isEqualTo(QueuePosition.WAITING);
        assertThat(admit(queue, applicant(2, 1, 5), 1)).isEqualTo(QueuePosition.WAITING);
        open.set(true);
        assertThat(queue.inTurn()).containsExactly(applicant(2, 1, 5).job());
        assertThat(admit(queue, applicant(1, 3, 0), 1)).isEqualTo(QueuePosition.WAITING);
        assertThat(admit(queue, applicant(2, 1, 5), 1)).isEqualTo(QueuePosition.SLOT);
    }

    private static QueuePosition admit(SlotQueue queue, Applicant applicant, int slots) {
        var job = new Waiting(applicant, Demand.NONE, true, Integer.MAX_VALUE, Duration.ZERO);
        return queue.admit(job, HostTerms.of(slots));
    }

    private static Applicant applicant(int number, int priority, int createdSecond) {
        return new Applicant(
                new JobKey("team", "job-" + number, "uid-" + number), priority, Instant.ofEpochSecond(createdSecond));
    }

    private static final class History {
        private final String seed;
        private final Random random;
        private final int slots;
        private final SlotQueue queue = new SlotQueue((job, fair) -> true, () -> Duration.ZERO);
        private final List<Applicant> waiting = new ArrayList<>();
        private final Set<String> running = new HashSet<>();
        private int jobs;

        History(long seed) {
            this.seed = "again with -Dseed=" + seed;
            this.random = new Random(seed);
            this.slots = 1 + random.nextInt(4);
        }

        void run() {
            for (var step = 0; step < STEPS; step++) {
                switch (random.nextInt(5)) {
                    case 0, 1 -> admitJob(applicant(jobs++, 1 + random.nextInt(5), random.nextInt(10)));
                    case 2 -> releaseJob();
                    case 3 -> changesPriority();
                    default -> first().ifPresent(this::admitJob);
                }
                assertThat(queue.runningCount()).as(seed).isEqualTo(running.size());
                assertThat(queue.runningCount()).as(seed).isLessThanOrEqualTo(slots);
                assertThat(queue.waitingCount()).as(seed).isEqualTo(waiting.size());
                assertThat(queue.inTurn())
                        .as(seed)
                        .isEqualTo(first().map(Applicant::job).stream().collect(Collectors.toSet()));
            }
        }

        private Optional<Applicant> first() {
            return waiting.stream().min(ORDER);
        }

        private void admitJob(Applicant applicant) {
            waiting.removeIf(other -> other.job().equals(applicant.job()));
            waiting.add(applicant);
            var position = !first().orElseThrow().equals(applicant)
                    ? QueuePosition.WAITING
                    : running.size() < slots ? QueuePosition.SLOT : QueuePosition.NEXT;
            if (position == QueuePosition.SLOT) {
                waiting.remove(applicant);
                running.add(applicant.job().uid());
            }
            assertThat(admit(queue, applicant, slots)).as(seed).isEqualTo(position);
        }

        /** One that runs, one that waits, or one that was never heard of. */
        private void releaseJob() {
            var uid = "uid-" + random.nextInt(jobs + 1);
            queue.release(uid);
            running.remove(uid);
            waiting.removeIf(applicant -> applicant.job().uid().equals(uid));
        }

        private void changesPriority() {
            if (!waiting.isEmpty()) {
                var old = waiting.get(random.nextInt(waiting.size()));
                admitJob(new Applicant(old.job(), 1 + random.nextInt(5), old.created()));
            }
        }
    }
}
