package dev.longshore.job.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Containers that have ended and stay for a while: their log is owed to the archive, or their attempt failed. */
class RetentionPlannerTest {
    @ParameterizedTest(name = "{0} | {1} | {2} -> {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # job                     | container                          | host           | plan
            completed                 | Exited(0), logs read               | ready, archive | retain
            completed                 | Exited(0), logs read, log owed     | ready, archive | rest until event
            completed, held           | -                                  | unreachable    | remove finalizer
            completed, held           | says log owed                      | unreachable    | rest until event
            completed                 | Exited(0), logs read, log failed   | ready, archive | report: Completed Completed
            completed                 | Exited(0), logs read, log stored   | ready, archive | report: Completed Completed
            completed                 | Exited(0), logs read, log reported | ready, archive | act: Remove
            completed                 | Exited(0), logs read, others retained | ready, archive | act: Remove
            kept, completed           | Exited(0), logs read, log reported | ready, archive | rest until event
            TTL 60s, completed        | Exited(0), logs read, log owed     | ready, archive | rest until event
            retry due                 | Exited(1), logs read               | ready, archive | retain
            keep 60s, failed for good | Exited(1), logs read, nonzero      | ready          | retain
            keep 60s, completed       | Exited(0), logs read               | ready          | act: Remove
            """)
    void retained(String job, String container, String host, String plan) {
        assertThat(PlanText.of(Situations.of(job, container, host).plan())).isEqualTo(plan);
    }
}
