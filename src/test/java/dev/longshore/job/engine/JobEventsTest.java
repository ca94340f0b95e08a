package dev.longshore.job.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.api.ContainerJob;
import dev.longshore.api.ContainerJobStatus;
import dev.longshore.api.ContainerJobStatusBuilder;
import dev.longshore.api.JobHost;
import dev.longshore.api.JobPhase;
import dev.longshore.api.JobReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobEventsTest {
    private static final ContainerJobStatus STARTING = ContainerJobStatusBuilder.builder()
            .phase(JobPhase.PENDING)
            .reason(JobReason.STARTING)
            .host(new JobHost("ns", "h"))
            .attempt(1)
            .containerName("longshore-uid-1")
            .build();

    private final List<String> recorded = new ArrayList<>();
    private final JobEvents events =
            new JobEvents((regarding, type, reason, message) -> recorded.add(reason + ": " + message));

    private static ContainerJob with(ContainerJobStatus status) {
        var job = new ContainerJob();
        job.setStatus(status);
        return job;
    }

    private static ContainerJobStatus unreachable(String message) {
        return ContainerJobStatusBuilder.builder()
                .phase(JobPhase.PENDING)
                .reason(JobReason.HOST_UNREACHABLE)
                .message(message)
                .build();
    }

    @Test
    void aHostThatIsBeingConnectedToIsNoEventAndOneThatIsAwayIs() {
        var connecting = unreachable("DockerHost ns/h is not connected yet");
        var unreachableNow = unreachable("DockerHost ns/h is unreachable: no answer");
        events.changed(with(null), with(connecting));
        events.changed(with(connecting), with(connecting));
        assertThat(recorded).isEmpty();
        events.changed(with(connecting), with(unreachableNow));
        events.changed(with(unreachableNow), with(unreachableNow));
        assertThat(recorded).containsExactly("HostUnreachable: DockerHost ns/h is unreachable: no answer");
    }

    @Test
    void anAttemptThatFailedBeforeAnyoneSawItRunningWasStartedAllTheSame() {
        var retrying = ContainerJobStatusBuilder.builder(STARTING)
                .reason(JobReason.RETRY_BACKOFF)
                .message("attempt 1 of 2 failed")
                .containerName(null)
                .startedAt("2026-01-01T12:00:05.000Z")
                .build();
        events.changed(with(STARTING), with(retrying));
        assertThat(recorded)
                .containsExactly(
                        "Started: container longshore-uid-1 started on DockerHost ns/h",
                        "Retrying: attempt 1 of 2 failed");
    }

    @Test
    void waitingForRoomIsOrdinaryAndTooLargeAJobIsNot() {
        events.changed(with(null), with(waiting(JobReason.INSUFFICIENT_CAPACITY)));
        assertThat(recorded).isEmpty();
        events.changed(with(waiting(JobReason.INSUFFICIENT_CAPACITY)), with(waiting(JobReason.EXCEEDS_CAPACITY)));
        assertThat(recorded).containsExactly("ExceedsCapacity: memory");
    }

    private static ContainerJobStatus waiting(JobReason reason) {
        return ContainerJobStatusBuilder.builder()
                .phase(JobPhase.PENDING)
                .reason(reason)
                .message("memory")
                .build();
    }
}
