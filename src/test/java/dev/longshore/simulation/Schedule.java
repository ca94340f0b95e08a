package dev.longshore.simulation;

import dev.longshore.job.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * What is to be done next, with a clock of its own: of all that is ready, one at random, for threads keep no order; once
 * nothing is, the clock moves to whatever is due first.
 */
final class Schedule {
    private record Timer(Duration due, long number, Runnable task) {}

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration LATE = Duration.ofSeconds(2);

    private final Random random;
    private final List<Runnable> ready = new ArrayList<>();
    private final PriorityQueue<Timer> timers =
            new PriorityQueue<>(Comparator.comparing(Timer::due).thenComparing(Timer::number));
    private Duration uptime = Duration.ofHours(1);
    /** How far the time of day has jumped. */
    private Duration jumped = Duration.ZERO;

    private boolean hasJumped;
    private long timersCreated;

    Schedule(Random random) {
        this.random = random;
    }

    Moment now() {
        return new Moment(START.plus(uptime).plus(jumped), uptime);
    }

    void jump(Duration by) {
        jumped = jumped.plus(by);
        hasJumped = true;
    }

    boolean hasJumped() {
        return hasJumped;
    }

    void soon(Runnable task) {
        ready.add(task);
    }

    /** As what comes over a network. */
    void soonOrLate(Runnable task) {
        if (random.nextInt(4) == 0) {
            in(LATE, task);
        } else {
            soon(task);
        }
    }

    /** As what is rarely lost. */
    boolean mostly() {
        return random.nextInt(10) > 0;
    }

    void in(Duration delay, Runnable task) {
        timers.add(new Timer(uptime.plus(delay.isNegative() ? Duration.ZERO : delay), timersCreated++, task));
    }

    /** Does one thing that is ready; false where nothing is. */
    boolean step() {
        if (ready.isEmpty()) {
            return false;
        }
        var last = ready.size() - 1;
        var chosen = random.nextInt(ready.size());
        var task = ready.set(chosen, ready.get(last));
        ready.remove(last);
        task.run();
        return true;
    }

    boolean isAtRest() {
        return ready.isEmpty();
    }

    void steps(int most) {
        var done = 0;
        while (done < most && step()) {
            done++;
        }
    }

    void untilNothingIsReady() {
        for (var steps = 0; step(); steps++) {
            if (steps > 20_000) {
                throw new AssertionError("it goes on for ever without waiting for anything");
            }
        }
    }

    /** Time passes while everyone stands still, in the middle of whatever they do. */
    void standStill(Duration time) {
        uptime = uptime.plus(time);
    }

    /** Lets time pass, and does all that falls due. */
    void pass(Duration time) {
        var end = uptime.plus(time);
        untilNothingIsReady();
        while (!timers.isEmpty() && timers.peek().due().compareTo(end) <= 0) {
            var timer = timers.remove();
            uptime = timer.due().compareTo(uptime) > 0 ? timer.due() : uptime;
            timer.task().run();
            untilNothingIsReady();
        }
        uptime = end;
    }
}
