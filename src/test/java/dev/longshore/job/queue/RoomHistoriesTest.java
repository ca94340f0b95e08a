package dev.longshore.job.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random histories of the room of one host, beside a model that searches a list at each step. */
class RoomHistoriesTest {
    private static final int HISTORIES = Integer.getInteger("histories", 500);
    private static final int STEPS = 120;

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void roomAndOrderHoldInEveryHistory() {
        var first = Long.getLong("seed", System.nanoTime());
        for (var seed = first; seed < first + HISTORIES; seed++) {
            var history = new History(seed);
            try {
                history.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("again with -Dseed=" + seed + " -Dhistories=1, step " + history.step, e);
            }
        }
    }

    private static final class History {
        private static final HostKey HOST = new HostKey("team", "host");

        private final Random random;
        private final RoomModel model = new RoomModel();
        private final SlotQueue queue = new SlotQueue((job, fair) -> true, () -> model.now);
        private final Map<String, Room> foreign = new HashMap<>();
        private HostTerms terms;
        private int jobs;
        private int step;

        History(long seed) {
            random = new Random(seed);
            terms = RoomChoices.terms(random);
        }

        void run() {
            for (step = 0; step < STEPS; step++) {
                switch (random.nextInt(16)) {
                    case 0, 1, 2 -> admit(newJob());
                    case 3, 4 -> model.next().ifPresent(this::admit);
                    case 5 -> model.anyWaiting(random).ifPresent(this::admitChanged);
                    case 6, 7 -> model.anyUid(random).ifPresent(this::release);
                    case 8 -> reserve();
                    case 9 -> reserveRoom();
                    case 10 -> model.anyHolding(random).ifPresent(this::keepRoom);
                    case 11, 12 -> model.anyHolding(random).ifPresent(this::applyAgain);
                    case 13 -> terms = RoomChoices.terms(random);
                    case 14 -> changeForeign();
                    default -> model.now = model.now.plusSeconds(random.nextInt(20));
                }
                assertThat(queue.inTurn()).isEqualTo(model.inTurn());
                assertThat(queue.runningCount()).isEqualTo(model.slotsInUse());
                assertThat(queue.waitingCount()).isEqualTo(model.waiting.size());
                assertThat(queue.total()).isEqualTo(model.total());
            }
        }

        private Waiting newJob() {
            var name = "job-" + jobs++;
            var key = new JobKey("team-" + random.nextInt(3), name, name);
            var applicant = new Applicant(key, 1 + random.nextInt(3), Instant.ofEpochSecond(random.nextInt(10)));
            return new Waiting(
                    applicant,
                    RoomChoices.demand(random),
                    random.nextInt(4) > 0,
                    RoomChoices.atOnce(random),
                    model.now);
        }

        private void admit(Waiting job) {
            model.terms = terms;
            var expected = model.admit(job);
            assertThat(queue.admit(job, terms)).isEqualTo(expected);
            if (expected == QueuePosition.SLOT) {
                var room = queue.room(job.uid()).orElseThrow();
                assertThat(room).isEqualTo(model.holdings.get(job.uid()).room());
                GivenRoom.of(model, job, room);
            }
        }

        private void admitChanged(Waiting job) {
            var isBound = job.applicant().isBound();
            admit(new Waiting(
                    job.applicant(),
                    isBound || random.nextBoolean() ? job.demand() : RoomChoices.demand(random),
                    random.nextInt(4) > 0,
                    RoomChoices.atOnce(random),
                    job.since()));
        }

        /** A job that has something there applies again, unless it runs. */
        private void applyAgain(RoomModel.Held held) {
            if (held.started()) {
                return;
            }
            var applicant = held.slot() && !held.bound()
                    ? new Applicant(held.job(), 2, Instant.EPOCH)
                    : Applicant.bound(held.job(), Instant.EPOCH);
            var room = held.room();
            var demand = applicant.isBound() || random.nextInt(3) > 0
                    ? new Demand(room.nanoCpus(), room.memory(), new GpuRequest(0, false, room.gpus()))
                    : RoomChoices.demand(random);
            if (held.slot()) {
                model.terms = terms;
                var isOver = model.isOver(held, demand, applicant.isBound());
                var candidate = new Candidate(HOST, terms, demand, Integer.MAX_VALUE);
                assertThat(queue.takeIfOver(applicant, candidate)).isEqualTo(isOver);
                if (!isOver) {
                    return;
                }
                model.take(held, applicant.isBound());
            }
            admit(new Waiting(applicant, demand, true, Integer.MAX_VALUE, model.now));
        }

        private void release(String uid) {
            assertThat(queue.release(uid)).isEqualTo(model.release(uid));
        }

        private void reserve() {
            var job = random.nextBoolean()
                    ? model.anyHolding(random)
                            .map(RoomModel.Held::job)
                            .orElse(newJob().applicant().job())
                    : newJob().applicant().job();
            var room = RoomChoices.room(random);
            queue.reserve(job, room);
            model.reserve(job, room);
        }

        private void reserveRoom() {
            var job = newJob().applicant().job();
            var room = model.withoutTakenGpus(RoomChoices.room(random));
            queue.reserveRoom(job, room);
            model.reserveRoom(job, room);
        }

        private void keepRoom(RoomModel.Held held) {
            if (!held.started()) {
                queue.keepRoom(held.job().uid());
                model.take(held, true);
            }
        }

        private void changeForeign() {
            if (foreign.isEmpty() || random.nextBoolean()) {
                foreign.put("c" + random.nextInt(3), RoomChoices.room(random));
                queue.setForeign(foreign);
            } else {
                var gone = foreign.keySet().iterator().next();
                foreign.remove(gone);
                assertThat(queue.removeForeign(gone)).isTrue();
            }
            model.foreign = List.copyOf(foreign.values());
        }
    }
}
