package dev.longshore.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.core.DockerClientConfig;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotsTest {
    private static ContainerSnapshot snapshot(String state) throws JsonProcessingException {
        return Snapshots.of(DockerClientConfig.getDefaultObjectMapper()
                .readValue("""
                        {"Id": "c1", "Name": "/made", "Image": "sha256:1", "State": %s,
                         "Config": {"Env": ["A=b=c", "EMPTY=", "NAKED"]}, "NetworkSettings": {"Networks": {}}}
                        """.formatted(state), InspectContainerResponse.class));
    }

    @Test
    void aContainerThatRanOutOfMemory() throws JsonProcessingException {
        var ended = snapshot("""
                {"Status": "exited", "OOMKilled": true, "ExitCode": 137, "Error": "",
                 "StartedAt": "2026-01-02T03:04:05.678901234Z", "FinishedAt": "2026-01-02T05:04:06+01:00"}""");
        assertThat(ended.state()).isEqualTo(ContainerSnapshot.State.EXITED);
        assertThat(ended.oomKilled()).isTrue();
        assertThat(ended.exitCode()).isEqualTo(137);
        assertThat(ended.startedAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678901234Z"));
        assertThat(ended.finishedAt()).isEqualTo(Instant.parse("2026-01-02T04:04:06Z"));
        assertThat(ended.name()).isEqualTo("made");
        assertThat(ended.labels()).isEmpty();
        assertThat(ended.environment())
                .containsEntry("A", "b=c")
                .containsEntry("EMPTY", "")
                .containsEntry("NAKED", "");
        assertThat(ended.toString()).doesNotContain("b=c");
    }

    @Test
    void theTimesOfAContainerThatNeverRanAreNotTimes() throws JsonProcessingException {
        var created = snapshot("""
                {"Status": "created", "ExitCode": 127, "Error": "no such file",
                 "StartedAt": "0001-01-01T00:00:00Z", "FinishedAt": "0001-01-01T00:00:00Z"}""");
        assertThat(created.startedAt()).isNull();
        assertThat(created.finishedAt()).isNull();
        assertThat(created.exitCode()).isNull();
        assertThat(created.error()).isEqualTo("no such file");
    }

    @Test
    void aContainerThatWasStartedAgainHasNoEndYet() throws JsonProcessingException {
        var running = snapshot("""
                {"Status": "running", "ExitCode": 0,
                 "StartedAt": "2026-01-02T03:04:05Z", "FinishedAt": "2026-01-01T00:00:00Z"}""");
        assertThat(running.finishedAt()).isNull();
        assertThat(running.exitCode()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "created,CREATED",
        "running,RUNNING",
        "paused,RUNNING",
        "restarting,RUNNING",
        "removing,EXITED",
        "exited,EXITED",
        "dead,EXITED"
    })
    void knowsAllOfDockersStates(String status, ContainerSnapshot.State state) throws JsonProcessingException {
        assertThat(snapshot("{\"Status\": \"" + status + "\", \"ExitCode\": 0}").state())
                .isEqualTo(state);
    }
}
