package dev.longshore.job.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The one next step of a job, from the job, the state of its container, and its host. Rows are in the order in which the planners
 * check; {@link Situations} defines the terms. The states of a job, a table each:
 * <ul>
 *   <li>finished: the job has ended;
 *   <li>bound: a container is bound to it, and its state is yet to be observed;
 *   <li>absent: the bound container is gone;
 *   <li>created: the bound container is not started yet;
 *   <li>startedAndEnded: the bound container is running or has exited;
 *   <li>unbound: no container is bound to it;
 *   <li>beforeCreation: what is required before a container is created;
 *   <li>queued: waiting for a slot, perhaps with a pre-created container.
 * </ul>
 * <p>Jobs that are being deleted: JobCleanupTest; containers that stay for a while: RetentionPlannerTest.
 */
class JobPlannerTest {
    private static final String ROW = "{0} | {1} | {2} -> {3}";

    private static void decides(String job, String container, String host, String plan) {
        assertThat(PlanText.of(Situations.of(job, container, host).plan())).isEqualTo(plan);
    }

    /** It has ended: its container is removed, and once its time to live is over the job, too. */
    @ParameterizedTest(name = ROW)
    @CsvSource(delimiter = '|', textBlock = """
            # job              | container                         | host        | plan
            completed          | in flight                         | ready       | rest until event
            completed          | Running, stale                    | ready       | act: Observe
            completed          | Running, stale                    | unreachable | rest until event
            completed          | Running, stale, retry in 3s       | ready       | rest until event
            completed          | Running                           | ready       | rest until event
            ended before start | Running                           | ready       | act: Kill
            ended before start | Running                           | unreachable | rest until event
            completed          | Exited(0), logs read              | ready       | act: Remove
            completed          | Exited(0), logs read, retry in 3s | ready       | rest 3s
            completed          | Exited(0), logs read              | unreachable | rest 15s
            kept, completed    | Exited(0), logs read              | ready       | rest until event
            kept, completed    | prepared                          | ready       | act: Remove
            completed          | absent                            | ready       | rest until event
            completed, edited  | absent                            | ready       | report: Completed Completed
            TTL 90s, completed | absent                            | ready       | rest 30s
            TTL 90s, completed | Exited(0), logs read              | unreachable | rest 15s
            TTL 60s, completed | absent                            | ready       | delete
            TTL 60s, completed | -                                 | connecting  | rest 2s
            TTL 60s, completed | -                                 | unreachable | delete
            TTL 60s, completed | -                                 | connecting, missing | delete
            """)
    void finished(String job, String container, String host, String plan) {
        decides(job, container, host, plan);
    }

    /** A container is bound to it: it is asked for once its host is reachable, and nothing is assumed of it until then. */
    @ParameterizedTest(name = ROW)
    @CsvSource(delimiter = '|', textBlock = """
            # job                       | container      | host                      | plan
            half bound                  | -              | ready                     | report: Failed ContainerLost
            bound                       | in flight      | ready                     | rest until event
            bound                       | failed         | ready                     | report: Failed StartFailed
            retries, bound              | failed         | ready                     | report: Pending RetryBackoff
            bound                       | -              | unreachable               | report: Pending HostUnreachable
            bound                       | -              | unreachable, tried for 5s | rest 15s
            bound, says HostUnreachable | -              | unreachable               | rest until event
            bound                       | Running, started 0s ago | unreachable      | add finalizer
            bound, held                 | Running, started 0s ago, not inspected since | unreachable | report: Running
            running                     | -              | unreachable               | rest until event
            bound                       | -              | connecting                | rest 2s
            bound                       | retry in 3s    | ready                     | rest 3s
            bound                       | -              | ready                     | act: Observe
            bound                       | Created, stale | ready                     | act: Observe
            """)
    void bound(String job, String container, String host, String plan) {
        decides(job, container, host, plan);
    }

    /** Someone removed the bound container: the attempt is lost, unless it certainly was never started. */
    @ParameterizedTest(name = ROW)
    @CsvSource(delimiter = '|', textBlock = """
            # job            | container                                             | host  | plan
            running          | absent                                                | ready | report: Failed ContainerLost
            retries, running | absent                                                | ready | report: Pending RetryBackoff
            bound            | absent, bound here                                    | ready | rest 5s
            bound            | absent, bound here, creation received                 | ready | rest 5s
            bound            | absent, bound here, start received                    | ready | report: Failed ContainerLost
            bound            | absent, bound here, removal received                  | ready | unbind: Pending Starting, count as pruned
            bound            | absent, bound here, removal received, pruned 10 times | ready | report: Failed ContainerLost
            bound            | absent, bound here, removal received, start refused   | ready | unbind: Pending HostRefused
            bound            | absent, start refused                                 | ready | report: Failed StartFailed
            """)
    void absent(String job, String container, String host, String plan) {
        decides(job, container, host, plan);
    }

    /** All that was asked before its creation is asked again before the start. */
    @ParameterizedTest(name = ROW)
    @CsvSource(delimiter = '|', textBlock = """
            # job                   | container                                             | host                  | plan
            bound                   | Created                                               | ready                 | act: Start
            bound, canceled         | Created                                               | ready                 | report: Cancelled CancelRequested
            bound, deadline over    | Created                                               | ready                 | report: Failed StartDeadlineExceeded
            bound                   | Created, refused 10 times                             | ready                 | report: Failed StartFailed
            bound, any host         | Created, bound here, creation received, start refused | ready                 | act: Remove
            bound, any host         | Created, start refused                                | ready                 | act: Start
            bound, suspended        | Created                                               | ready                 | report: Pending Suspended
            bound, starts in 60s    | Created                                               | ready                 | report: Pending Scheduled, or rest 60s
            bound                   | Created                                               | missing               | report: Pending HostNotFound
            bound                   | Created                                               | of other namespace    | report: Pending HostNotAllowed, or rest 2s
            bound                   | Created                                               | cordoned              | report: Pending HostInactive
            privileged, bound       | Created                                               | ready                 | report: Failed PolicyDenied
            bound                   | Created, refused                                      | refusing              | report: Pending HostRefused, or rest 1s
            bound, says HostRefused | Created, refused                                      | refusing              | rest 1s
            bound                   | Created, refused 600s ago                             | refusing              | report: Failed StartFailed
            bound                   | Created                                               | full                  | report: Pending WaitingForSlot
            bound                   | Created, refused                                      | full, refused 60s ago | report: Pending HostRefused, or rest 600s
            """)
    void created(String job, String container, String host, String plan) {
        decides(job, container, host, plan);
    }

    @ParameterizedTest(name = ROW)
    @CsvSource(delimiter = '|', textBlock = """
            # job                | container                          | host  | plan
            bound                | Running, started 0s ago            | ready | rest 1s
            bound, canceled      | Running, started 0s ago            | ready | act: Stop CANCELED
            bound                | Running, started 0s ago, not inspected since  | ready | rest 1s
            bound                | Running, started 60s ago, not inspected since | ready | act: Observe
            bound                | Running, started 60s ago           | ready | add finalizer
            bound, held          | Running, started 60s ago           | ready | report: Running
            bound                | Running                            | ready | add finalizer
            bound, held          | Running                            | ready | report: Running
            running, edited      | Running                            | ready | report: Running
            running              | Running                            | ready | rest until event
            timeout 90s, running | Running, started 60s ago           | ready | rest 30s
            timeout 90s, running | Running                            | ready | rest 30s
            timeout 60s, running | Running, started 60s ago           | ready | act: Stop TIMED_OUT
            running, canceled    | Running                            | ready | act: Stop CANCELED
            running, canceled    | Running, stop sent 4s ago          | ready | rest 6s
            running, canceled    | Running, stop sent 10s ago         | ready | act: Kill
            running              | Running, kill sent 10s ago         | ready | rest 20s
            running              | Running, kill sent 30s ago         | ready | act: Kill
            running              | Exited(0)                          | ready | act: ReadLog
            running              | Exited(0), logs read               | ready | report: Completed Completed
            running              | Exited(1), logs read               | ready | report: Failed NonZeroExit
            retries, running     | Exited(1), logs read               | ready | report: Pending RetryBackoff
            running, canceled    | Exited(0), logs read               | ready | report: Cancelled CancelRequested
            running              | Exited(1), logs read, timeout sent | ready | report: Failed TimedOut
            timeout 60s, running | Exited(1), logs read               | ready | report: Failed TimedOut
            timeout 90s, running | Exited(1), logs read               | ready | report: Failed NonZeroExit
            """)
    void startedAndEnded(String job, String container, String host, String plan) {
        decides(job, container, host, plan);
    }

    /** No container is bound to it: what has begun is finished first, and what an earlier attempt left is removed. */
    @ParameterizedTest(name = ROW)
    @CsvSource(delimiter = '|', textBlock = """
            # job                | container                       | host  | plan
            new, canceled        | -                               | ready | report: Cancelled CancelRequested
            new, deadline over   | -                               | ready | report: Failed StartDeadlineExceeded
            new                  | in flight                       | ready | rest until event
            new, deadline in 60s | in flight                       | ready | rest 60s
            new, suspended       | in flight                       | ready | report: Pending Suspended
            new                  | pulling                         | ready | report: Pending PullingImage
            says PullingImage    | pulling                         | ready | rest until event
            new                  | failed                          | ready | report: Failed StartFailed
            new                  | refused 10 times                | ready | report: Failed StartFailed
            retrying             | Exited(1)                       | ready | act: Remove
            retrying             | Running                         | ready | rest 6s
            new                  | name taken                      | ready | reclaim
            new                  | retry in 3s                     | ready | rest 3s
            new                  | retry in 3s, pruned 10 times    | ready | rest 3s
            new                  | retry in 3s, no room for inputs | ready | report: Pending WaitingForSlot, or rest 3s
            says WaitingForSlot  | retry in 3s, no room for inputs | ready | rest 3s
            """)
    void unbound(String job, String container, String host, String plan) {
        decides(job, container, host, plan);
    }

    /** What has to be so before a container is created. */
    @ParameterizedTest(name = ROW)
    @CsvSource(delimiter = '|', textBlock = """
            # job                         | container | host                      | plan
            new                           | -         | ready                     | act: Prepare
            retry due                     | -         | ready                     | act: Prepare
            retrying                      | -         | ready                     | rest 6s
            retrying, held                | -         | ready                     | remove finalizer, or rest 6s
            says Suspended, suspended, held | -       | ready                     | remove finalizer
            retrying, edited              | -         | ready                     | report: Pending RetryBackoff, or rest 6s
            new, suspended                | -         | ready                     | report: Pending Suspended
            says Suspended, suspended     | -         | ready                     | rest until event
            new, starts in 60s            | -         | ready                     | report: Pending Scheduled, or rest 60s
            says Scheduled, starts in 60s | -         | ready                     | rest 60s
            new, no template              | -         | ready                     | report: Pending TemplateNotFound
            new, inactive template        | -         | ready                     | report: Pending TemplateInactive
            new, too large                | -         | ready                     | report: Failed CreateFailed
            new                           | -         | missing                   | report: Pending HostNotFound
            new                           | -         | of other namespace        | report: Pending HostNotAllowed, or rest 2s
            new                           | -         | cordoned                  | report: Pending HostInactive
            new                           | -         | being deleted             | report: Pending HostInactive
            new                           | -         | unreachable               | report: Pending HostUnreachable
            says WaitingForSlot           | -         | unreachable, tried for 5s | rest 15s
            new                           | -         | connecting                | rest 1s
            new                           | -         | connecting, tried for 5s  | report: Pending HostUnreachable
            says WaitingForSlot           | -         | connecting, tried for 5s  | rest 2s
            new, any host                 | -         | ready                     | act: Prepare
            new, any host                 | -         | without label             | report: Pending NoMatchingHost, or rest 2s
            says NoMatchingHost, any host | -         | without label             | rest 2s
            new, privileged               | -         | ready                     | report: Failed PolicyDenied
            new, Secret                   | -         | ready                     | act: Prepare
            new, no Secret                | -         | ready                     | report: Pending SecretNotFound, or rest 2s
            new, too many Secrets         | -         | ready                     | report: Failed CreateFailed
            new, bad image                | -         | ready                     | report: Failed ImagePullFailed
            """)
    void beforeCreation(String job, String container, String host, String plan) {
        decides(job, container, host, plan);
    }

    /** Whoever is next in the queue has its container pre-created; it is bound once there is a slot. */
    @ParameterizedTest(name = ROW)
    @CsvSource(delimiter = '|', textBlock = """
            # job               | container                  | host                | plan
            new                 | -                          | full                | act: Prepare
            new                 | -                          | full, degraded      | rest 5s
            new                 | -                          | full, others ahead  | rest 5s
            new                 | -                          | full, queued for 5s | report: Pending WaitingForSlot
            says WaitingForSlot | -                          | full, queued for 5s | act: Prepare
            says WaitingForSlot | prepared                   | full, queued for 5s | rest until event
            new                 | prepared                   | full, others ahead  | act: Remove
            new                 | -                          | refusing            | report: Pending HostRefused, or rest 1s
            new                 | refused 600s ago           | refusing            | report: Failed StartFailed
            new, any host       | refused                    | ready               | act: Prepare
            new                 | prepared                   | ready               | report: Pending Starting
            new                 | prepared, stale            | ready               | act: Observe
            new                 | prepared, template edited  | ready               | act: Remove
            new                 | prepared elsewhere         | ready               | act: Remove
            new, Secret         | prepared with other inputs | ready               | act: Remove
            new, suspended      | prepared                   | ready               | act: Remove
            new, suspended      | prepared                   | unreachable         | report: Pending Suspended
            """)
    void queued(String job, String container, String host, String plan) {
        decides(job, container, host, plan);
    }
}
