package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobReason;
import dev.longshore.job.JobPhases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Between two moments at which nothing is under way, and between which nothing went wrong and no one changed a job, those
 * that left a host's queue were its first, also among those that a selector brings there.
 */
final class Order {
    private static final Comparator<ContainerJob> FIRST = Comparator.<ContainerJob>comparingInt(
                    job -> job.getSpec().priority())
            .thenComparing(job -> java.time.Instant.parse(job.getMetadata().getCreationTimestamp()))
            .thenComparing(job -> job.getMetadata().getNamespace())
            .thenComparing(job -> job.getMetadata().getName());

    /** By then what went wrong was tried again. */
    private static final Duration LONGEST_REPAIR = Duration.ofSeconds(30);

    private final SimulatedApi api;
    private List<ContainerJob> before = List.of();
    private Duration disturbed = Duration.ZERO;

    Order(SimulatedApi api) {
        this.api = api;
    }

    void disturbed(Duration now) {
        before = List.of();
        disturbed = now;
    }

    /** Whether nothing went wrong for a while. */
    boolean check(Duration now) {
        var stillWaiting = new ArrayList<ContainerJob>();
        for (var job : before) {
            var live = api.byUid(job.getMetadata().getUid());
            // One that has run meanwhile may wait for its next attempt.
            if (live.isPresent() && waits(live.get()) && starts(live.get()) == starts(job)) {
                stillWaiting.add(job);
            } else if (!isBound(job)) {
                live.filter(left -> hadItsTurn(left, job))
                        .map(left -> left.getStatus().host())
                        .ifPresent(host -> assertThat(stillWaiting)
                                .filteredOn(earlier -> mayRunOn(earlier, host.name()))
                                .extracting(Order::name)
                                .as("4: those before %s, which left the queue of %s", name(job), host)
                                .isEmpty());
            }
        }
        var isRepaired = now.minus(disturbed).compareTo(LONGEST_REPAIR) >= 0;
        before = isRepaired
                ? api.all().stream().filter(Order::waits).sorted(FIRST).toList()
                : List.of();
        return isRepaired;
    }

    /** It has its container and holds room: nobody is before it. */
    private static boolean isBound(ContainerJob job) {
        return JobPhases.bound(job);
    }

    /** And did not leave for want of time, or for its backoff once more after the clock was set back. */
    private static boolean hadItsTurn(ContainerJob left, ContainerJob job) {
        var reason = left.getStatus().reason();
        return reason != JobReason.START_DEADLINE_EXCEEDED
                && (reason != JobReason.RETRY_BACKOFF || starts(left) > starts(job));
    }

    private static boolean mayRunOn(ContainerJob job, String host) {
        var bound = job.getStatus().host();
        var wanted = job.getSpec().hostRef();
        return bound != null
                ? bound.name().equals(host)
                : wanted == null ? !isPassed(job) : wanted.name().equals(host);
    }

    /** One that waits for room on several hosts is passed on all but one of them. */
    private static boolean isPassed(ContainerJob job) {
        return job.getSpec().template().resources() != null
                || job.getSpec().template().gpus() != null;
    }

    private static String name(ContainerJob job) {
        return job.getMetadata().getName();
    }

    private static long starts(ContainerJob job) {
        return job.getStatus().attempts().stream()
                .filter(attempt -> attempt.startedAt() != null)
                .count();
    }

    private static boolean waits(ContainerJob job) {
        return job.getStatus() != null
                && (job.getStatus().reason() == JobReason.WAITING_FOR_SLOT
                        || job.getStatus().reason() == JobReason.INSUFFICIENT_CAPACITY);
    }
}
