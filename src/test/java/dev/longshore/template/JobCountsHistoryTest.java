package dev.longshore.template;

import static dev.longshore.template.JobCountsTest.finish;
import static dev.longshore.template.JobCountsTest.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobPhase;
import dev.longshore.api.StatusFormat;
import dev.longshore.api.TemplateJobs;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Counts after random histories of changes. */
class JobCountsHistoryTest {
    private static final List<String> NAMESPACES = List.of("a", "b");
    private static final List<String> TEMPLATES = List.of("one", "two", "three");

    /** What the cache has, and changes of it that were not delivered yet. */
    private static final class World {
        private final Random random;
        private final Map<ResourceID, ContainerJob> cache = new LinkedHashMap<>();
        private final Map<ResourceID, List<Runnable>> pending = new LinkedHashMap<>();
        private final JobCounts counts;

        World(Random random, JobCounts counts) {
            this.random = random;
            this.counts = counts;
        }

        private <T> T any(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        void change() {
            var id = new ResourceID("job-" + random.nextInt(40), any(NAMESPACES));
            var before = cache.get(id);
            if (before == null || random.nextInt(8) == 0) {
                // A new one, perhaps in place of one whose deletion nobody saw.
                put(
                        id,
                        job(
                                id.getNamespace().orElseThrow(),
                                id.getName(),
                                random.nextInt(6) == 0 ? null : any(TEMPLATES)));
            } else if (random.nextInt(3) == 0) {
                cache.remove(id);
                later(id, () -> counts.deleted(before));
            } else {
                var changed = job(id.getNamespace().orElseThrow(), id.getName(), null);
                changed.setMetadata(new ObjectMetaBuilder(before.getMetadata()).build());
                changed.setSpec(before.getSpec());
                var phase = any(List.of(JobPhase.values()));
                if (phase == JobPhase.PENDING) {
                    changed.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
                } else if (phase == JobPhase.RUNNING) {
                    changed.setStatus(
                            ContainerJobStatusBuilder.builder().phase(phase).build());
                } else {
                    finish(changed, phase, random.nextInt(10), random.nextInt(100));
                }
                put(id, changed);
            }
        }

        private void put(ResourceID id, ContainerJob job) {
            cache.put(id, job);
            later(id, () -> counts.changed(job));
        }

        private void later(ResourceID id, Runnable delivery) {
            pending.computeIfAbsent(id, none -> new ArrayList<>()).add(delivery);
        }

        /** Of one job in order. */
        void deliver() {
            if (!pending.isEmpty()) {
                var id = any(List.copyOf(pending.keySet()));
                pending.get(id).remove(0).run();
                if (pending.get(id).isEmpty()) {
                    pending.remove(id);
                }
            }
        }

        JobTotals recount(String namespace, String template) {
            var jobs = cache.values().stream()
                    .filter(job -> job.getMetadata().getNamespace().equals(namespace)
                            && job.getSpec().templateRef() != null
                            && job.getSpec().templateRef().name().equals(template)
                            && !job.isMarkedForDeletion())
                    .toList();
            var finished = jobs.stream()
                    .filter(job -> job.getStatus() != null && job.getStatus().finishedAt() != null)
                    .toList();
            var average = finished.stream()
                    .filter(job -> job.getStatus().phase() == JobPhase.COMPLETED)
                    .mapToLong(job -> Duration.between(
                                    Instant.parse(job.getStatus().startedAt()),
                                    Instant.parse(job.getStatus().finishedAt()))
                            .toMillis())
                    .average();
            return new JobTotals(
                    new TemplateJobs(
                            jobs.size(),
                            jobs.size() - finished.size(),
                            count(finished, JobPhase.COMPLETED),
                            count(finished, JobPhase.FAILED),
                            count(finished, JobPhase.CANCELLED)),
                    average.isEmpty()
                            ? null
                            : StatusFormat.duration(Duration.ofMillis(Math.round(average.getAsDouble()))),
                    finished.stream()
                            .map(job -> job.getStatus().finishedAt())
                            .max(Comparator.naturalOrder())
                            .orElse(null));
        }

        private static int count(List<ContainerJob> jobs, JobPhase phase) {
            return (int) jobs.stream()
                    .filter(job -> job.getStatus().phase() == phase)
                    .count();
        }
    }

    @Test
    void afterAnyHistoryTheyAreWhatARecountWouldSay() {
        var first = Long.getLong("seed", System.nanoTime());
        for (var seed = first; seed < first + 50; seed++) {
            var random = new Random(seed);
            var world = new World(random, new JobCounts(template -> {}));
            var start = random.nextInt(400);
            for (var step = 0; step < 400; step++) {
                world.change();
                if (random.nextBoolean()) {
                    world.deliver();
                }
                if (step == start) {
                    world.counts.addAll(() -> world.cache.values().stream());
                }
            }
            while (!world.pending.isEmpty()) {
                world.deliver();
            }
            for (var namespace : NAMESPACES) {
                for (var template : TEMPLATES) {
                    assertThat(world.counts.of(new ResourceID(template, namespace)))
                            .as("again with -Dseed=%d: %s/%s", seed, namespace, template)
                            .isEqualTo(world.recount(namespace, template));
                }
            }
        }
    }
}
