package dev.longshore.cron.engine;

import java.time.Instant;

/** What one reconciliation may go by: the schedule as it has been stored since it began, and the time that it read last. */
final class CronPlanning {
    /** Versions before this one were over when it began. */
    final int firstVersion;

    private Instant now;

    CronPlanning(int versions) {
        firstVersion = Math.max(0, versions - 1);
    }

    void read(Instant time) {
        now = time;
    }

    Instant now() {
        return now;
    }
}
