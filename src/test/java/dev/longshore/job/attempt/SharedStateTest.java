package dev.longshore.job.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.ContainerSnapshotBuilder;
import dev.longshore.docker.Redactor;
import dev.longshore.job.JobKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedStateTest {
    @Test
    void secretsOfTheNextAttemptMaskNoLogOfTheOneBefore() {
        var shared = new SharedState(new JobKey("team", "job", "uid"));
        shared.redactor(Redactor.ofBytes(List.of("rotated".getBytes(StandardCharsets.UTF_8))), "longshore-uid-2");
        assertThat(shared.redactorOf(ContainerSnapshotBuilder.builder()
                        .name("longshore-uid-1")
                        .build()))
                .isEmpty();
        assertThat(shared.redactorOf(ContainerSnapshotBuilder.builder()
                        .name("longshore-uid-2")
                        .build()))
                .isPresent();
    }
}
