package dev.longshore.docker.dockerjava;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.ContainerEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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

    @Test
    void anIdWithoutAnEndIsNone() throws IOException {
        assertThat(event("{\"Action\": \"die\", \"timeNano\": 7, \"Actor\": {\"ID\": \"%s\"}}"
                        .formatted("c".repeat(129))))
                .isNull();
    }
}
