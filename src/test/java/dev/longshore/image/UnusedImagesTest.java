package dev.longshore.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.PulledImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What is recorded and removed in random histories of pulls, tags that move, jobs and containers. A failure prints its seed;
 * {@code -Dseed=…} runs that seed alone, {@code -Dhistories=…} more of them.
 */
class UnusedImagesTest {
    private static final int HISTORIES = Integer.getInteger("histories", 200);
    private static final int STEPS = 60;
    private static final Duration AFTER = Duration.ofMinutes(10);

    @Test
    void whateverHappensOnlyWhatLongshorePulledAndNobodyUsesIsRemoved() {
        var wanted = Long.getLong("seed");
        var first = wanted == null ? System.nanoTime() : wanted;
        for (var seed = first; seed < (wanted == null ? first + HISTORIES : first + 1); seed++) {
            try {
                new History(new Random(seed)).run();
            } catch (AssertionError e) {
                throw new AssertionError("-Dseed=" + seed + " fails: " + e.getMessage(), e);
            }
        }
    }

    private static final class History {
        private final Random random;
        private final ModelDaemon daemon = new ModelDaemon();
        /** Image numbers of containers, of jobs or of others. */
        private final List<Integer> containers = new ArrayList<>();
        /** References that jobs wait for. */
        private final Set<String> jobs = new HashSet<>();

        private final Map<Integer, Duration> lastJob = new HashMap<>();
        private Set<String> prefetch = Set.of();
        private Duration now = Duration.ofHours(1);
        // What the process knows.
        private List<PulledImage> stored = List.of();
        private PullRecord record = new PullRecord();
        private Map<PulledImage, Duration> unusedSince = Map.of();
        private Map<String, Duration> lastUse = new HashMap<>();

        History(Random random) {
            this.random = random;
        }

        void run() {
            var observed = daemon.theirs();
            for (var step = 0; step < STEPS; step++) {
                act();
                now = now.plusSeconds(random.nextInt(300));
                // That someone took a reference away and put it back between two checks cannot be seen.
                if (!daemon.theirs().equals(observed) || random.nextBoolean()) {
                    check();
                    observed = daemon.theirs();
                }
            }
            containers.clear();
            jobs.clear();
            prefetch = Set.of();
            for (var round = 0; round < 4; round++) {
                check();
                now = now.plus(AFTER);
            }
            assertThat(record.images())
                    .as("what nobody uses is removed in the end, but for digests of what others have by a tag")
                    .allSatisfy(left -> {
                        var image = daemon.images().withId(left.id()).orElseThrow();
                        assertThat(left.reference()).contains("@");
                        assertThat(LocalImages.hasTag(image, left.reference())).isTrue();
                    });
        }

        private void act() {
            switch (random.nextInt(11)) {
                case 0, 1 -> pull(tag());
                case 2 -> pull(random.nextBoolean() ? tag() : anyDigest());
                case 3 -> daemon.pull(random.nextBoolean() ? tag() : anyDigest(), true);
                case 4 -> daemon.registry.put(tag(), random.nextInt(4));
                case 5 -> anyImage().ifPresent(image -> daemon.tag(tag(), image));
                case 6 -> theirTag().ifPresent(daemon::remove);
                case 7 -> anyImage().ifPresent(containers::add);
                case 8 -> {
                    containers.clear();
                    jobs.clear();
                }
                case 9 -> jobs.add(written(random.nextBoolean() ? tag() : anyDigest()));
                default -> {
                    if (random.nextBoolean()) {
                        restart();
                    } else {
                        prefetch = random.nextBoolean() ? Set.of() : Set.of(written(tag()));
                    }
                }
            }
        }

        private String tag() {
            return ModelDaemon.REPOSITORIES.get(random.nextInt(2)) + ":" + ModelDaemon.TAGS.get(random.nextInt(2));
        }

        private String anyDigest() {
            return ModelDaemon.digest(tag(), random.nextInt(4));
        }

        /** A digest counts, whatever tag it is written with. */
        private static String written(String reference) {
            return reference.replace("@", ":any@");
        }

        private Optional<Integer> anyImage() {
            return daemon.references.values().stream().skip(random.nextInt(3)).findFirst();
        }

        private Optional<String> theirTag() {
            return daemon.theirs().keySet().stream()
                    .filter(reference -> !reference.contains("@"))
                    .findFirst();
        }

        /** For a job, which has a container for a moment. */
        private void pull(String reference) {
            var before = daemon.images();
            var id = daemon.pull(reference, false);
            assertThat(record.pulled(reference, before, id)).isTrue();
            lastUse.put(id, now);
            lastJob.put(daemon.references.get(reference), now);
            stored = record.over(stored);
        }

        private void restart() {
            record = new PullRecord();
            stored = record.over(stored);
            unusedSince = Map.of();
            lastUse = new HashMap<>();
        }

        private void check() {
            var wanted = new HashSet<>(jobs);
            wanted.addAll(prefetch);
            var inUse = containers.stream().map(ModelDaemon::id).collect(Collectors.toSet());
            var unused = UnusedImages.of(
                    record.images(), daemon.images(), inUse, wanted, unusedSince, lastUse, now, Optional.of(AFTER));
            unused.gone().forEach(record::drop);
            unusedSince = unused.unusedSince();
            for (var image : unused.due()) {
                // As before each removal: an earlier one may have taken the digest.
                if (UnusedImages.isStill(image, daemon.images())) {
                    remove(image);
                }
                record.drop(image);
            }
            stored = record.over(stored);
        }

        private void remove(PulledImage removed) {
            var image = daemon.references.get(removed.reference());
            assertThat(ModelDaemon.id(image)).as("of the image that was pulled").isEqualTo(removed.id());
            assertThat(daemon.ofOthers).doesNotContain(removed.reference());
            assertThat(containers).as("used by a container").doesNotContain(image);
            assertThat(lastJob.get(image)).as("used by a job").isLessThanOrEqualTo(now.minus(AFTER));
            for (var reference : jobs) {
                assertThat(daemon.references.get(reference.replace(":any@", "@")))
                        .as("waited for as " + reference)
                        .isNotEqualTo(image);
            }
            var theirs = daemon.theirs();
            daemon.remove(removed.reference());
            record.images().stream()
                    .filter(other -> !UnusedImages.isStill(other, daemon.images()))
                    .forEach(record::drop);
            assertThat(daemon.theirs()).as("what is of others").isEqualTo(theirs);
        }
    }

    private static PulledImage pulled(String reference) {
        return new PulledImage(reference, ModelDaemon.id(1));
    }

    /** Checked twice, with the time between; whether it is to be removed then. */
    private static boolean isRemoved(String wanted) {
        var daemon = new ModelDaemon();
        daemon.registry.put("docker.io/library/busybox:latest", 1);
        daemon.pull("docker.io/library/busybox:latest", false);
        var recorded = List.of(pulled("busybox"));
        var first = UnusedImages.of(
                recorded,
                daemon.images(),
                Set.of(),
                Set.of(wanted),
                Map.of(),
                Map.of(),
                Duration.ZERO,
                Optional.of(AFTER));
        assertThat(first.due()).isEmpty();
        var second = UnusedImages.of(
                recorded,
                daemon.images(),
                Set.of(),
                Set.of(wanted),
                first.unusedSince(),
                Map.of(),
                AFTER,
                Optional.of(AFTER));
        return second.due().equals(recorded);
    }

    @Test
    void anyWritingOfAReferenceCounts() {
        assertThat(isRemoved("busybox")).isFalse();
        assertThat(isRemoved("docker.io/busybox:latest")).isFalse();
        assertThat(isRemoved("index.docker.io/library/busybox")).isFalse();
        assertThat(isRemoved(ModelDaemon.digest("docker.io/library/busybox:latest", 1)))
                .isFalse();
        assertThat(isRemoved(ModelDaemon.id(1))).isFalse();
        assertThat(isRemoved(ModelDaemon.id(1).substring(7))).isFalse();
        assertThat(isRemoved("busybox:1")).isTrue();
        assertThat(isRemoved("not:a:reference")).isTrue();
    }
}
