package dev.longshore.cron.engine;

import dev.longshore.job.JobStore;
import java.util.function.Supplier;

/** What goes wrong in one call of an operator. */
enum CronFault {
    KILLED_BEFORE,
    KILLED_AFTER,
    ERROR_BEFORE,
    ERROR_AFTER,
    CONFLICT,
    /** The operator stands still, and what it has sent arrives late. */
    PAUSED_BEFORE,
    PAUSED_AFTER;

    /** The process has ended. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    /** The API server does not answer as it should. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken() {
            super("broken", null, false, false);
        }
    }

    /** @param pause returns when the operator goes on, or throws if it has been killed meanwhile */
    <T> T around(Supplier<T> call, Runnable pause, Runnable die) {
        switch (this) {
            case KILLED_BEFORE -> die.run();
            case ERROR_BEFORE -> throw new Broken();
            case CONFLICT -> throw new JobStore.Conflict("conflict");
            case PAUSED_BEFORE -> pause.run();
            default -> {}
        }
        var result = call.get();
        switch (this) {
            case KILLED_AFTER -> die.run();
            case ERROR_AFTER -> throw new Broken();
            case PAUSED_AFTER -> pause.run();
            default -> {}
        }
        return result;
    }
}
