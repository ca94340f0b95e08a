package dev.longshore.job.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done before a job that is being deleted may go, as {@link JobPlannerTest} has it of others. */
class JobCleanupTest {
    /** The resource is being deleted, and held until nothing of it is left on the host, or the host is gone for long. */
    @ParameterizedTest(name = "{0} | {1} | {2} -> {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # job                   | container                  | host        | plan
            bound, deleted          | all removed                | ready       | delete
            new, deleted            | pulling                    | ready       | delete
            new, any host, deleted  | -                          | ready       | delete
            new, any host, deleted  | in flight                  | ready       | rest until event
            new, any host, deleted  | prepared                   | ready       | act: RemoveAll
            new, any host, deleted  | Created                    | ready       | act: RemoveAll
            new, deleted            | -                          | unreachable | delete
            bound, deleted          | -                          | unreachable | rest 600s
            bound, deleted 600s ago | -                          | unreachable | delete
            completed, deleted      | -                          | unreachable | delete
            completed, deleted      | Exited(0)                  | unreachable | rest 600s
            bound, deleted          | in flight                  | ready       | rest until event
            bound, deleted          | retry in 3s                | ready       | rest 3s
            bound, deleted          | -                          | ready       | act: Observe
            running, held, deleted  | Running                    | ready       | act: Stop CANCELED
            bound, deleted          | Running                    | ready       | act: Kill
            running, deleted        | Running, stop sent 4s ago  | ready       | rest 6s
            running, deleted        | Running, stop sent 10s ago | ready       | act: Kill
            bound, deleted          | Created                    | ready       | act: RemoveAll
            bound, deleted          | absent                     | ready       | act: RemoveAll
            new, deleted            | -                          | ready       | delete
            new, deleted            | prepared                   | ready       | act: RemoveAll
            completed, deleted      | -                          | ready       | delete
            completed, kept, deleted | Exited(0)                 | ready       | act: RemoveAll
            """)
    void deleted(String job, String container, String host, String plan) {
        assertThat(PlanText.of(Situations.of(job, container, host).plan())).isEqualTo(plan);
    }
}
