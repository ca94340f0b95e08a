package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobReason;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Between two moments at which nothing is under way, and between which nothing went wrong and no one changed a job, those
 * that left a host's queue were its first.
 */
final class Order {
    private static final Comparator<ContainerJob> FIRST = Comparator.<ContainerJob>comparingInt(
                    job -> job.getSpec().priority())
            .thenComparing(job -> java.time.Instant.parse(job.getMetadata().getCreationTimestamp()))
            .thenComparing(job -> job.getMetadata().getName());

    /** By then what went wrong was tried again. */
    private static final Duration LONGEST_REPAIR = Duration.ofSeconds(30);

    private final SimulatedApi api;
    private Map<String, List<ContainerJob>> before = Map.of();
    private Duration disturbed = Duration.ZERO;

    Order(SimulatedApi api) {
        this.api = api;
    }

    void disturbed(Duration now) {
        before = Map.of();
        disturbed = now;
    }

    void check(Duration now) {
        before.forEach((host, waited) -> {
            var stillWaiting = false;
            for (var job : waited) {
                var live = api.byUid(job.getMetadata().getUid());
                if (live.map(found -> found.getStatus().reason()).stream()
                        .anyMatch(JobReason.START_DEADLINE_EXCEEDED::equals)) {
                    continue;
                }
                // One that has run meanwhile may wait for its next attempt.
                var waits = live.isPresent() && waits(live.get()) && starts(live.get()) == starts(job);
                assertThat(stillWaiting && !waits)
                        .as(
                                "4: %s left the queue of %s before its turn",
                                job.getMetadata().getName(), host)
                        .isFalse();
                stillWaiting |= waits;
            }
        });
        before = new LinkedHashMap<>();
        if (now.minus(disturbed).compareTo(LONGEST_REPAIR) < 0) {
            return;
        }
        api.all().stream()
                .filter(job -> job.getSpec().hostRef() != null && waits(job))
                .sorted(FIRST)
                .forEach(job -> before.computeIfAbsent(
                                job.getSpec().hostRef().name(), host -> new java.util.ArrayList<>())
                        .add(job));
    }

    private static long starts(ContainerJob job) {
        return job.getStatus().attempts().stream()
                .filter(attempt -> attempt.startedAt() != null)
                .count();
    }

    private static boolean waits(ContainerJob job) {
        return job.getStatus() != null && job.getStatus().reason() == JobReason.WAITING_FOR_SLOT;
    }
}
