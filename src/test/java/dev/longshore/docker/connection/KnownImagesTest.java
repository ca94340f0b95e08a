package dev.longshore.docker.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.ImagePlatform;
import dev.longshore.docker.LocalImage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownImagesTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final AtomicLong nanos = new AtomicLong();
    private final KnownImages known = new KnownImages(nanos::get);
    private final List<String> inspected = new ArrayList<>();

    private static String id(int number) {
        return "sha256:%064x".formatted(number);
    }

    private void find(String id, Duration mostAge, String... digests) {
        known.image(id, mostAge, () -> {
            inspected.add(id);
            return Optional.of(new LocalImage(id, List.of(), List.of(digests), new ImagePlatform("linux", "amd64")));
        });
    }

    @Test
    void oneIsAskedForOnceUnlessItIsToBeNewer() {
        find(id(1), LONG);
        find(id(1), LONG);
        assertThat(inspected).hasSize(1);
        find(id(1), Duration.ZERO, "busybox@sha256:1");
        assertThat(inspected).hasSize(2);
        assertThat(known.image(id(1), LONG, Optional::empty).orElseThrow().digests())
                .containsExactly("busybox@sha256:1");
    }

    /** Someone may pull it for a platform more. */
    @Test
    void oneThatIsNamedByItsManifestIsAskedForAgainAfterAMinute() {
        find(id(1), LONG, "busybox@" + id(1));
        find(id(2), LONG, "busybox@" + id(3));
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        find(id(1), LONG);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        find(id(1), LONG);
        find(id(2), LONG);
        assertThat(inspected).containsExactly(id(1), id(2), id(1));
    }

    @Test
    void oneThatIsNotThereOrIsNamedAsTheDaemonLikesIsAskedForAgain() {
        assertThat(known.image(id(1), LONG, Optional::empty)).isEmpty();
        find(id(1), LONG);
        find("busybox", LONG);
        find("busybox", LONG);
        known.image(id(2), LONG, () -> Optional.of(new LocalImage(id(3), List.of(), List.of(), null)));
        find(id(2), LONG);
        assertThat(inspected).containsExactly(id(1), "busybox", "busybox", id(2));
    }

    @Test
    void noMoreIsKeptThanSoManyWithShortNames() {
        IntStream.rangeClosed(0, 200).forEach(number -> find(id(number), LONG));
        inspected.clear();
        find(id(200), LONG);
        find(id(0), LONG);
        find(id(500), LONG, "x".repeat(5000));
        find(id(500), LONG, "x".repeat(5000));
        assertThat(inspected).containsExactly(id(0), id(500), id(500));
    }
}
