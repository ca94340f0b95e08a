import dev.longshore.job.HostKey;
import dev.longshore.job.JobKey;
import dev.longshore.job.queue.Applicant;
import dev.longshore.job.queue.Candidate;
import dev.longshore.job.queue.Capacity;
import dev.longshore.job.queue.Demand;
import dev.longshore.job.queue.GpuRequest;
import dev.longshore.job.queue.HostTerms;
import dev.longshore.job.queue.QueuePosition;
import dev.longshore.job.queue.Slots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How long it takes to give a freed slot and its room to the next of many jobs of random sizes that wait for one host: from the end of a
 * container until each that is enqueued for that has applied. Without a daemon or a cluster. Usage: Turns [JOBS].
 */
final class Turns {
    private static final HostKey HOST = new HostKey("team", "host");
    private static final int FREED = 500;

    private final Random random = new Random(1);
    private final ArrayDeque<JobKey> enqueued = new ArrayDeque<>();
    private final ArrayDeque<String> running = new ArrayDeque<>();
    private final List<Applicant> jobs = new ArrayList<>();
    private final List<Demand> demands = new ArrayList<>();
    private final Slots slots =
            new Slots(enqueued::add, host -> {}, (wait, task) -> {}, () -> Duration.ofSeconds(1000));
    private final HostTerms terms;

    private Turns(HostTerms terms) {
        this.terms = terms;
    }

    public static void main(String[] args) {
        var jobs = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        for (var fair : List.of(false, true)) {
            for (var hold : List.of(Duration.ofDays(1), Duration.ZERO)) {
                new Turns(terms(true, hold, fair)).measure("BestEffortFIFO", jobs);
            }
            new Turns(terms(false, Duration.ZERO, fair)).measure("StrictFIFO", jobs);
        }
    }

    private static HostTerms terms(boolean bestEffort, Duration hold, boolean fair) {
        var gpus = List.of("0", "1", "2", "3", "4", "5", "6", "7");
        return new HostTerms(64, new Capacity(64_000L, 256_000L, gpus), bestEffort, hold, fair, Integer.MAX_VALUE);
    }

    private void measure(String strategy, int most) {
        for (var number = 0; number < most; number++) {
            var key = new JobKey("team-" + random.nextInt(20), "job-" + number, "job-" + number);
            jobs.add(new Applicant(key, 1 + random.nextInt(5), Instant.ofEpochSecond(random.nextInt(10_000))));
            demands.add(demand());
            apply(number);
            drain();
        }
        var times = new ArrayList<Double>();
        while (times.size() < FREED && !running.isEmpty()) {
            var start = System.nanoTime();
            slots.releaseSlot(running.remove());
            drain();
            times.add((System.nanoTime() - start) / 1e6);
        }
        var sorted = times.stream().sorted().toList();
        System.out.printf(
                "%s, hold after %s, fair %s: %d waiting, one container ended: median %.2f ms, 99%% %.2f ms, longest %.2f ms%n",
                strategy,
                terms.holdAfter(),
                terms.fairSharing(),
                slots.waiting(HOST, List.of()),
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() * 99 / 100),
                sorted.get(sorted.size() - 1));
    }

    private Demand demand() {
        var gpus = random.nextInt(4) == 0 ? new GpuRequest(1 + random.nextInt(4), false, List.of()) : GpuRequest.NONE;
        return new Demand(100L + random.nextInt(8000), 100L + random.nextInt(32_000), gpus);
    }

    private void drain() {
        while (!enqueued.isEmpty()) {
            apply(Integer.parseInt(enqueued.remove().name().substring("job-".length())));
        }
    }

    private void apply(int number) {
        var job = jobs.get(number);
        if (!slots.holds(job.job().uid()) && !running.contains(job.job().uid())) {
            var candidate = new Candidate(HOST, terms, demands.get(number), Integer.MAX_VALUE);
            if (slots.admit(job, List.of(candidate), Duration.ZERO).position() == QueuePosition.SLOT) {
                running.add(job.job().uid());
            }
        }
    }
}
