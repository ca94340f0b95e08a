package dev.longshore.job.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random histories of jobs that wait for several hosts: whoever can have a slot and room is enqueued when that becomes so. */
class WakeUpsTest {
    private static final int HISTORIES = Integer.getInteger("histories", 300);
    private static final int STEPS = 80;

    @Test
    void nobodyWaitsForWhatIsFree() {
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

    private record Job(Applicant applicant, Demand demand, List<HostKey> hosts) {
        String uid() {
            return applicant.job().uid();
        }
    }

    private static final class History {
        private static final List<HostKey> HOSTS =
                List.of(new HostKey("team", "a"), new HostKey("team", "b"), new HostKey("team", "c"));

        private final Random random;
        private final Set<JobKey> enqueued = new LinkedHashSet<>();
        private final Map<HostKey, HostTerms> terms = new HashMap<>();
        private final Map<String, Job> waiting = new LinkedHashMap<>();
        private final List<Job> running = new ArrayList<>();
        private Duration now = Duration.ZERO;
        private final Slots slots = new Slots(enqueued::add, host -> {}, (wait, task) -> {}, () -> now);
        private int jobs;
        private int step;

        History(long seed) {
            random = new Random(seed);
            HOSTS.forEach(host -> terms.put(host, RoomChoices.terms(random)));
        }

        void run() {
            for (step = 0; step < STEPS; step++) {
                switch (random.nextInt(10)) {
                    case 0, 1, 2, 3 -> submit();
                    case 4, 5 -> end();
                    case 6 -> changeTerms();
                    case 7 -> slots.on(anyHost()).setForeign(random.nextBoolean() ? Map.of() : foreign());
                    case 8 -> withdraw();
                    default -> passTime();
                }
                drain();
                nobodyCouldStart();
            }
        }

        private HostKey anyHost() {
            return HOSTS.get(random.nextInt(HOSTS.size()));
        }

        private Map<String, Room> foreign() {
            return Map.of("c", RoomChoices.room(random));
        }

        private void submit() {
            var name = "job-" + jobs++;
            var hosts = new ArrayList<>(HOSTS);
            Collections.shuffle(hosts, random);
            var job = new Job(
                    new Applicant(
                            new JobKey("team-" + random.nextInt(3), name, name),
                            1 + random.nextInt(3),
                            Instant.ofEpochSecond(random.nextInt(10))),
                    RoomChoices.demand(random),
                    List.copyOf(hosts.subList(0, 1 + random.nextInt(3))));
            waiting.put(name, job);
            apply(job);
        }

        /** Returns whether it has what it needs. */
        private boolean apply(Job job) {
            var candidates = job.hosts().stream()
                    .map(host -> new Candidate(host, terms.get(host), job.demand(), Integer.MAX_VALUE))
                    .toList();
            if (slots.admit(job.applicant(), candidates, now).position() != QueuePosition.SLOT) {
                return false;
            }
            waiting.remove(job.uid());
            running.add(job);
            return true;
        }

        private void end() {
            if (!running.isEmpty()) {
                slots.releaseSlot(running.remove(random.nextInt(running.size())).uid());
            }
        }

        /** All that wait for a host are reconciled after its resource was changed. */
        private void changeTerms() {
            var host = anyHost();
            terms.put(host, RoomChoices.terms(random));
            waiting.values().stream()
                    .filter(job -> job.hosts().contains(host))
                    .forEach(job -> enqueued.add(job.applicant().job()));
        }

        /** A job that waits is suspended, or one that has a slot gives it back, and waits again. */
        private void withdraw() {
            if (random.nextBoolean() && !waiting.isEmpty()) {
                var uid = waiting.keySet().iterator().next();
                waiting.remove(uid);
                slots.release(uid);
            } else if (!running.isEmpty()) {
                var job = running.remove(random.nextInt(running.size()));
                slots.release(job.uid());
                waiting.put(job.uid(), job);
                apply(job);
            }
        }

        /** Once room is kept for another one, all are reconciled. */
        private void passTime() {
            now = now.plusSeconds(random.nextInt(30));
            waiting.values().forEach(job -> enqueued.add(job.applicant().job()));
        }

        private void drain() {
            for (var rounds = 0; !enqueued.isEmpty(); rounds++) {
                assertThat(rounds).isLessThan(10_000);
                var all = List.copyOf(enqueued);
                var next = all.get(random.nextInt(all.size()));
                enqueued.remove(next);
                var job = waiting.get(next.uid());
                if (job != null) {
                    apply(job);
                }
            }
        }

        private void nobodyCouldStart() {
            for (var job : List.copyOf(waiting.values())) {
                assertThat(apply(job))
                        .as("%s could start, and was not enqueued", job)
                        .isFalse();
                drain();
            }
        }
    }
}
