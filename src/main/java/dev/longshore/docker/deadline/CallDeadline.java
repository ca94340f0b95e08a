package dev.longshore.docker.deadline;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How much time the call that the current thread runs has left. Whoever begins a call sets it; each of the call's requests
 * checks it, and ends by itself when the time is over, alone: the connections of other calls stay.
 */
public final class CallDeadline {
    private static final ThreadLocal<Long> UNTIL = new ThreadLocal<>();

    private CallDeadline() {}

    /** What is asked meanwhile for another reason, such as a ping that looks for the cause of a failure, has its own time. */
    public static <T> T within(Duration time, Supplier<T> call) {
        var outer = UNTIL.get();
        UNTIL.set(System.nanoTime() + time.toNanos());
        try {
            return call.get();
        } finally {
            if (outer == null) {
                UNTIL.remove();
            } else {
                UNTIL.set(outer);
            }
        }
    }

    /** What the call has left, which may be nothing; {@code otherwise} outside of a call. */
    public static Duration left(Duration otherwise) {
        var until = UNTIL.get();
        return until == null ? otherwise : Duration.ofNanos(Math.max(0, until - System.nanoTime()));
    }
}
