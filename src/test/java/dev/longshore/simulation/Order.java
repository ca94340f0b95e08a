package dev.longshore.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.JobReason;
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

    private final SimulatedApi api;
    private Map<String, List<ContainerJob>> before = Map.of();

    Order(SimulatedApi api) {
        this.api = api;
    }

    void disturbed() {
        before = Map.of();
    }

    void check() {
        before.forEach((host, waited) -> {
            var stillWaiting = false;
            for (var job : waited) {
                var now = api.byUid(job.getMetadata().getUid());
                var waits = now.isPresent() && waits(now.get());
                assertThat(stillWaiting && !waits)
                        .as(
                                "4: %s left the queue of %s before its turn",
                                job.getMetadata().getName(), host)
                        .isFalse();
                stillWaiting |= waits;
            }
        });
        before = new LinkedHashMap<>();
        api.all().stream()
                .filter(job -> job.getSpec().hostRef() != null && waits(job))
                .sorted(FIRST)
                .forEach(job -> before.computeIfAbsent(
                                job.getSpec().hostRef().name(), host -> new java.util.ArrayList<>())
                        .add(job));
    }

    private static boolean waits(ContainerJob job) {
        return job.getStatus() != null && job.getStatus().reason() == JobReason.WAITING_FOR_SLOT;
    }
}
