package dev.longshore.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.PulledImage;
import dev.longshore.docker.LocalImage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Images of a containerd image store, whose IDs are the digests of their manifests. */
class ManifestImagesTest {
    private static final String REPOSITORY = "registry.example/app";
    private static final String TAG = REPOSITORY + ":1";
    private static final String OLD = "sha256:" + "1".repeat(64);
    private static final String NEW = "sha256:" + "2".repeat(64);
    private static final Duration AFTER = Duration.ofMinutes(10);

    private final PullRecord record = new PullRecord();

    private static LocalImage tagged(String id) {
        return new LocalImage(id, List.of(TAG), List.of(REPOSITORY + "@" + id), null);
    }

    private static LocalImage withoutName(String id) {
        return new LocalImage(id, List.of(), List.of(), null);
    }

    private static LocalImages daemon(LocalImage... images) {
        return new LocalImages(List.of(images));
    }

    private UnusedImages unused(LocalImages local) {
        var first = UnusedImages.of(
                record.images(), local, Set.of(), Set.of(), Map.of(), Map.of(), Duration.ZERO, Optional.of(AFTER));
        return UnusedImages.of(
                record.images(), local, Set.of(), Set.of(), first.unusedSince(), Map.of(), AFTER, Optional.of(AFTER));
    }

    @Test
    void oneWhoseTagHasMovedIsFoundByItsDigestAndRemoved() {
        assertThat(record.pulled(TAG, daemon(), OLD)).isTrue();
        assertThat(record.pulled(TAG, daemon(tagged(OLD)), NEW)).isTrue();
        var digest = new PulledImage(REPOSITORY + "@" + OLD, OLD);
        assertThat(record.images()).containsExactly(digest, new PulledImage(TAG, NEW));

        var unused = unused(daemon(withoutName(OLD), tagged(NEW)));
        assertThat(unused.gone()).isEmpty();
        assertThat(unused.due()).containsExactly(digest, new PulledImage(TAG, NEW));
    }

    @Test
    void aDigestThatHasGotATagGoesWithThat() {
        assertThat(record.pulled(REPOSITORY + "@" + OLD, daemon(), OLD)).isTrue();
        assertThat(unused(daemon(tagged(OLD))).due()).isEmpty();
        assertThat(unused(daemon(new LocalImage(OLD, List.of(), List.of(REPOSITORY + "@" + OLD), null)))
                        .due())
                .hasSize(1);
    }

    @Test
    void oneWithoutANameThatWasThereBeforeIsNotRecorded() {
        assertThat(record.pulled(REPOSITORY + "@" + OLD, daemon(withoutName(OLD)), OLD))
                .isTrue();
        assertThat(record.pulled(TAG, daemon(withoutName(OLD)), OLD)).isTrue();
        assertThat(record.images()).isEmpty();
    }
}
