package dev.longshore.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.dockerjava.OwnLabels;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobLabelsTest {
    /** A label that is not among those is never seen again once the container is made. */
    @Test
    void allOfThemAreKeptOfWhatADaemonSays() throws IllegalAccessException {
        List<Object> names = new ArrayList<>();
        for (var field : JobLabels.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                names.add(field.get(null));
            }
        }
        assertThat(OwnLabels.NAMES)
                .hasSize(12)
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(String.class::cast).toList());
    }

    @Test
    void gpusAreReadAsTheyAreWritten() {
        var ids = List.of("nvidia.com/gpu=1", "GPU-3a23c669", "0");
        var labels = JobLabels.ofRoom(ids, "cpu=500000000,memory=1024");
        assertThat(labels)
                .containsOnly(
                        Map.entry("longshore.dev/gpus", "nvidia.com/gpu=1,GPU-3a23c669,0"),
                        Map.entry("longshore.dev/room", "cpu=500000000,memory=1024,gpus=3"));
        assertThat(JobLabels.gpusOf(labels)).isEqualTo(ids);
        assertThat(JobLabels.ofRoom(List.of("0"), null)).containsEntry("longshore.dev/room", "gpus=1");
        var longest = IntStream.range(100, 164)
                .mapToObj(number -> "x".repeat(253) + number)
                .toList();
        assertThat(JobLabels.gpusOf(JobLabels.ofRoom(longest, null))).isEqualTo(longest);
    }

    /** An image may have the same labels, which a container gets that has none of its own. */
    @Test
    void gpusOfOthersAreNone() {
        assertThat(JobLabels.ofRoom(List.of(), null)).containsOnly(Map.entry("longshore.dev/room", ""));
        var image = new HashMap<>(Map.of("longshore.dev/gpus", "0,1", "longshore.dev/room", "gpus=2"));
        assertThat(JobLabels.gpusOf(image)).containsExactly("0", "1");
        image.putAll(JobLabels.ofRoom(List.of(), "cpu=1"));
        assertThat(JobLabels.gpusOf(image)).isEmpty();
        assertThat(JobLabels.gpusOf(Map.of("longshore.dev/gpus", "0,1"))).isEmpty();
        assertThat(JobLabels.gpusOf(Map.of())).isEmpty();
        var many = String.join(",", Collections.nCopies(100_000, "0"));
        assertThat(JobLabels.gpusOf(Map.of("longshore.dev/gpus", many, "longshore.dev/room", "gpus=1")))
                .isEmpty();
    }

    @Test
    void labelsThatNameNoAttemptAreOfNone() {
        assertThat(JobLabels.attemptOf(Map.of())).isZero();
        assertThat(JobLabels.attemptOf(Map.of(JobLabels.ATTEMPT, "99999999999")))
                .isZero();
        assertThat(JobLabels.attemptOf(Map.of(JobLabels.ATTEMPT, "x"))).isZero();
        assertThat(JobLabels.attemptOf(Map.of(JobLabels.ATTEMPT, "12"))).isEqualTo(12);
    }
}
