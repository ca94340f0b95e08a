package dev.longshore.docker.dockerjava;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import dev.longshore.docker.ContainerSnapshot;
import dev.longshore.docker.ContainerSpecBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Podman 5.8.6 answers in another way than Docker, as it answers. */
class PodmanAnswersTest {
    private static JsonParser parser(String json) throws IOException {
        var parser = DockerQuery.parser(new ByteArrayInputStream(json.getBytes(UTF_8)));
        parser.nextToken();
        return parser;
    }

    private static ContainerAnswer inspected(String json) throws IOException {
        try (var parser = parser(json)) {
            return new ContainerAnswer(parser, new AnswerBudget("container", 10_000));
        }
    }

    private static List<ContainerSnapshot> listed(String json) throws IOException {
        try (var parser = parser(json)) {
            return Snapshots.read(parser, Map.of("pt", "1"), () -> {}).containers();
        }
    }

    /** Some of Docker's, too, that end at once. */
    @Test
    void aContainerDoesNotStartAfterItsEnd() throws IOException {
        var ended = inspected("""
                {"Id": "c1", "Name": "/pt1", "State": {"Status":"exited","Running":false,"Paused":false,"Restarting":false,
                 "OOMKilled":false,"Dead":false,"Pid":0,"ExitCode":0,"Error":"",
                 "StartedAt":"2026-11-26T12:19:34.7177108Z","FinishedAt":"2026-11-26T12:19:34.707022457Z"}}""").snapshot();
        assertThat(ended.startedAt()).isEqualTo(ended.finishedAt());
        assertThat(ended.finishedAt()).isEqualTo(Instant.parse("2026-11-26T12:19:34.707022457Z"));
    }

    @Test
    void aRequestForDevicesThatItIgnoresIsNotThere() throws IOException {
        var container = """
                {"Id": "c1", "State": {"Status": "created"}, "HostConfig": {"Devices":[],"DeviceCgroupRules":null,
                 "DeviceRequests":%s,"MemoryReservation":0,"Ulimits":[{"Name":"RLIMIT_NOFILE","Hard":4096,"Soft":1024}]}}""";
        var all = ContainerSpecBuilder.builder().gpuCount(-1).build();
        for (var none : List.of("null", "[]")) {
            var devices = inspected(container.formatted(none)).devices();
            assertThatThrownBy(() -> devices.require(all)).hasMessageContaining("ignored the request for GPUs");
        }
    }

    @Test
    void inAListAnEmptyNameStandsBesideTheNames() throws IOException {
        assertThat(listed("""
                        [{"Id":"54c7f9a0aec0","Names":["/pt4"],"Image":"localhost/busybox:stable","ImageID":"sha256:bc2a348b8601",
                          "Command":"","Created":1795694868,"Ports":[],"Labels":{"pt":"1"},"State":"exited",
                          "Status":"Exited (0) Less than a second ago","NetworkSettings":{"Networks":{"podman":{"IPAMConfig":null}}},
                          "Mounts":[],"Name":"","Config":null,"NetworkingConfig":null,"Platform":null,
                          "DefaultReadOnlyNonRecursive":false}]""")).extracting(ContainerSnapshot::name).containsExactly("pt4");
    }

    /** As its source has it: between the end of its process and the cleanup. */
    @Test
    void oneThatIsStoppedHasEnded() throws IOException {
        assertThat(listed("""
                        [{"Id":"54c7f9a0aec0","Names":["/pt4"],"Labels":{"pt":"1"},"State":"stopped","Name":""}]""")).extracting(ContainerSnapshot::state).containsExactly(ContainerSnapshot.State.EXITED);
    }
}
