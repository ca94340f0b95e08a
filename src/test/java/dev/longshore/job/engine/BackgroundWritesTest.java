package dev.longshore.job.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobSpecBuilder;
import dev.longshore.job.JobKey;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackgroundWritesTest {
    private final List<String> enqueued = new ArrayList<>();
    private final BackgroundWrites writes = new BackgroundWrites(job -> enqueued.add(job.name()));

    private static ContainerJob job(String name, int priority) {
        var job = new ContainerJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team")
                .withName(name)
                .withUid(name)
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .build());
        job.setSpec(ContainerJobSpecBuilder.builder().priority(priority).build());
        return job;
    }

    /** Up to the write, if it may write. */
    private boolean begin(ContainerJob job) {
        writes.begins(JobKey.of(job));
        return writes.mayWrite(job);
    }

    private void end(ContainerJob job) {
        writes.ended(JobKey.of(job));
    }

    private boolean reconcile(ContainerJob job) {
        var writesNow = begin(job);
        end(job);
        return writesNow;
    }

    @Test
    void aFewWriteAtOnceAndTheOthersInTheirOrder() {
        var first = List.of(job("a", 3), job("b", 3), job("c", 3));
        assertThat(first).allMatch(this::begin);
        assertThat(reconcile(job("late", 5))).isFalse();
        assertThat(reconcile(job("soon", 1))).isFalse();
        assertThat(enqueued).isEmpty();

        end(first.get(0));
        assertThat(enqueued).containsExactly("soon");
        assertThat(reconcile(job("soon", 1))).isTrue();
        assertThat(enqueued).containsExactly("soon", "late");
    }

    @Test
    void oneThatIsGoneLeavesItsTurn() {
        var all = List.of(job("a", 3), job("b", 3), job("c", 3));
        assertThat(all).allMatch(this::begin);
        assertThat(reconcile(job("granted", 1))).isFalse();
        assertThat(reconcile(job("next", 2))).isFalse();
        end(all.get(0));

        writes.dropped(new JobKey("team", "granted", "granted"));

        assertThat(enqueued).containsExactly("granted", "next");
    }

    /** However reconciliations overlap, whoever wants to write does at last. */
    @Test
    void nobodyIsForgotten() {
        var seed = new Random().nextLong();
        System.out.println("BackgroundWritesTest: seed " + seed);
        var random = new Random(seed);
        var waiting = new ArrayList<ContainerJob>();
        var writing = new ArrayList<ContainerJob>();
        for (var number = 0; number < 200; number++) {
            waiting.add(job("job-" + number, 1 + random.nextInt(5)));
        }
        // Each is reconciled once by itself.
        for (var job : List.copyOf(waiting)) {
            if (begin(job)) {
                writing.add(job);
                waiting.remove(job);
            } else {
                end(job);
            }
            if (!writing.isEmpty() && random.nextInt(3) == 0) {
                end(writing.remove(0));
            }
        }
        writing.forEach(this::end);
        while (!enqueued.isEmpty()) {
            var name = enqueued.remove(random.nextInt(enqueued.size()));
            waiting.stream()
                    .filter(job -> job.getMetadata().getName().equals(name))
                    .findFirst()
                    .filter(this::reconcile)
                    .ifPresent(waiting::remove);
        }
        assertThat(waiting).as("with seed %d", seed).isEmpty();
    }
}
