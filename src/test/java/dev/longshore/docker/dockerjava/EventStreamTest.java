package dev.longshore.docker.dockerjava;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.ContainerEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static ContainerEvent event(String json) throws IOException {
        try (var parser = DockerQuery.parser(new ByteArrayInputStream(json.getBytes(UTF_8)))) {
            parser.nextToken();
            return EventStream.event(parser, OwnLabels.NAMES);
        }
    }

    @Test
    void labelsOfOthersAndCommandsAreSkippedHoweverLongTheyAre() throws IOException {
        var event = event("""
                {"Action": "exec_start: %s", "timeNano": 7, "Actor": {"ID": "c1", "Attributes":
                 {"%s": "", "v": "%s", "longshore.dev/job": "one", "longshore.dev/x": "y", "execID": "e"}}}""".formatted("a".repeat(5 << 20), "k".repeat(9 << 20), "v".repeat(9 << 20)));
        assertThat(event.labels()).containsOnly(Map.entry("longshore.dev/job", "one"));
        assertThat(event.action()).startsWith("exec_start: a").hasSizeLessThan(100);
    }

    /** As Podman 5.8.6 sends it. */
    @Test
    void podmansRemovalIsDockersDestruction() throws IOException {
        var event = event("""
                {"status":"remove","id":"238e819af861","from":"localhost/busybox:stable","Type":"container","Action":"remove",
                 "Actor":{"ID":"238e819af861","Attributes":{"containerExitCode":"137","image":"localhost/busybox:stable",
                 "name":"pt3","podId":"","longshore.dev/job":"one"}},"scope":"local","time":1795694865,
                 "timeNano":1795694865462207655}""");
        assertThat(event)
                .isEqualTo(new ContainerEvent(
                        "238e819af861",
                        "destroy",
                        Instant.parse("2026-11-26T12:07:45.462207655Z"),
                        Map.of("longshore.dev/job", "one")));
    }

    @Test
    void whatIsSaidTwiceHasToBeThereOnce() throws IOException {
        var whole = event("""
                {"status": "die", "id": "c1", "Action": "die", "Actor": {"ID": "c1", "Attributes": {"longshore.dev/job": "one"}},
                 "time": 1795696402, "timeNano": 1795696402554733318}""");
        assertThat(whole)
                .isEqualTo(new ContainerEvent(
                        "c1", "die", Instant.ofEpochSecond(1795696402, 554733318), Map.of("longshore.dev/job", "one")));
        assertThat(event("{\"status\": \"die\", \"id\": \"c1\", \"time\": 1795696402}"))
                .isEqualTo(new ContainerEvent("c1", "die", Instant.ofEpochSecond(1795696402), Map.of()));
        assertThat(event("{\"status\": \"die\", \"id\": \"c1\"}")).isNull();
        assertThat(event("{\"status\": \"die\", \"time\": 1795696402}")).isNull();
    }

    @Test
    void anIdWithoutAnEndIsNone() throws IOException {
        assertThat(event("{\"Action\": \"die\", \"timeNano\": 7, \"Actor\": {\"ID\": \"%s\"}}"
                        .formatted("c".repeat(129))))
                .isNull();
    }
}
