package dev.longshore.job.plan;

import dev.longshore.job.attempt.StopCause;
import java.util.Map;
import java.util.function.Consumer;

/** Since when a container runs, and what was done to stop it. */
final class RunningTerms {
    private RunningTerms() {}

    static Map<String, Consumer<Situation>> all() {
        return Map.of(
                "started 0s ago", job -> started(job, 0),
                "started 60s ago", job -> started(job, 60),
                "not inspected since", RunningTerms::notInspected,
                "stop sent 4s ago", job -> job.stopping(StopCause.CANCELED, 4, false),
                "stop sent 10s ago", job -> job.stopping(StopCause.CANCELED, 10, false),
                "timeout sent", job -> job.stopping(StopCause.TIMED_OUT, 10, false),
                "kill sent 10s ago", job -> job.stopping(StopCause.TIMED_OUT, 10, true),
                "kill sent 30s ago", job -> job.stopping(StopCause.TIMED_OUT, 30, true));
    }

    private static void notInspected(Situation job) {
        var container = job.state.container().orElseThrow();
        job.state = job.state.started(job.state.observation().host(), container);
    }

    private static void started(Situation job, long seconds) {
        job.state = job.state.withTiming(
                job.state.timing().withRunningSince(Situation.NOW.uptime().minusSeconds(seconds)));
    }
}
