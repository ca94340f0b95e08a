package dev.longshore.cron.engine;

import dev.longshore.job.Moment;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Notices that the time of day has jumped: someone set the clock, or the machine slept. Timers go by uptime, which knows of
 * neither; what is due by the time of day is due at another moment then. Used by one thread at a time.
 */
public final class ClockWatch {
    private static final Duration EACH = Duration.ofSeconds(2);

    /** Clocks that are kept in step are never off by as much. */
    private static final Duration JUMP = Duration.ofMillis(500);

    private final Supplier<Moment> clock;
    private final Runnable jumped;
    private Moment last;

    /** @param jumped is called by the thread that checks */
    public ClockWatch(Supplier<Moment> clock, Runnable jumped) {
        this.clock = clock;
        this.jumped = jumped;
        this.last = clock.get();
    }

    /**
     * @param later does something after a while
     * @param isNeeded whether to check again
     */
    public void start(BiConsumer<Duration, Runnable> later, BooleanSupplier isNeeded) {
        later.accept(EACH, () -> {
            if (isNeeded.getAsBoolean()) {
                check();
                start(later, isNeeded);
            }
        });
    }

    void check() {
        var now = clock.get();
        var passed = Duration.between(last.time(), now.time());
        var off = passed.minus(now.uptime().minus(last.uptime()));
        if (off.abs().compareTo(JUMP) > 0) {
            jumped.run();
        }
        last = now;
    }
}
