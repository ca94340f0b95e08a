package dev.longshore.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.dockerjava.OwnLabels;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
                .hasSize(10)
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(String.class::cast).toList());
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
