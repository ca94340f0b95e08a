package dev.longshore.operator;

import dev.longshore.job.Moment;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Notices that this process stood still: its machine was suspended, or it got no processor. A thread of its own beats, and what
 * is late is seen by whoever asks first. Guarded by itself.
 */
final class Pulse {
    private static final Duration BEAT = Duration.ofMillis(500);
    /** Longer than a busy machine or a garbage collection takes. */
    private static final Duration STILL = Duration.ofSeconds(2);

    private final Supplier<Moment> clock;
    private Moment last;
    /** When it was last noticed; null: never. */
    private Duration stoodStill;

    /** @param clock is read when it is asked, and at each beat */
    Pulse(Supplier<Moment> clock) {
        this.clock = clock;
        this.last = clock.get();
    }

    static Pulse start() {
        var pulse = new Pulse(Moment::now);
        var unused = Executors.newSingleThreadScheduledExecutor(task -> {
                    var thread = new Thread(task, "pulse");
                    thread.setDaemon(true);
                    return thread;
                })
                .scheduleAtFixedRate(pulse::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
        return pulse;
    }

    synchronized void beat() {
        var now = clock.get();
        // The clock of a suspended machine may not go on; the time of day does.
        var still = now.uptime().minus(last.uptime()).compareTo(STILL) > 0
                || Duration.between(last.time(), now.time()).abs().compareTo(STILL) > 0;
        stoodStill = still ? now.uptime() : stoodStill;
        last = now;
    }

    /** Whether it has not stood still within such a time. */
    synchronized boolean isSteady(Duration time) {
        beat();
        return stoodStill == null || last.uptime().minus(stoodStill).compareTo(time) >= 0;
    }
}
