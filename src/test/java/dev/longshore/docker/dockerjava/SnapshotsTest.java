package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.docker.AnswerTooLongException;
import dev.longshore.docker.ContainerSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WHOLE = """
            {"Id": "c1", "Name": "/made", "Image": "sha256:1", "State": {"Status": "exited", "ExitCode": 3,
              "OOMKilled": false, "Error": "", "StartedAt": "2026-01-02T03:04:05Z", "FinishedAt": "2026-01-02T03:04:06Z"},
             "Config": {"Env": ["A=b=c"], "Labels": {"longshore.dev/job": "b", "a": "b"}, "StopSignal": "SIGINT"},
             "NetworkSettings": {"Networks": {"jobs": {"Aliases": null}}}, "HostConfig": {"DeviceRequests": [{}]}, "Mounts": [{"Type": "bind"}, {}]}
            """;

    private static ContainerAnswer answer(String json) throws IOException {
        try (var parser = parser(json)) {
            return new ContainerAnswer(parser, new AnswerBudget("a container", 10_000));
        }
    }

    private static JsonParser parser(String json) throws IOException {
        var parser = DockerQuery.parser(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        parser.nextToken();
        return parser;
    }

    private static Snapshots.Listed list(String json) throws IOException {
        try (var parser = parser(json)) {
            return Snapshots.read(parser, Map.of("a", "b"), () -> {});
        }
    }

    private static ContainerSnapshot snapshot(String state) throws IOException {
        return answer("""
                        {"Id": "c1", "Name": "/made", "Image": "sha256:1", "State": %s,
                         "Config": {"Env": ["A=b=c", "EMPTY=", "NAKED"]}, "NetworkSettings": {"Networks": {}}}
                        """.formatted(state)).snapshot();
    }

    @Test
    void aContainerThatRanOutOfMemory() throws IOException {
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
    void theTimesOfAContainerThatNeverRanAreNotTimes() throws IOException {
        var created = snapshot("""
                {"Status": "created", "ExitCode": 127, "Error": "no such file",
                 "StartedAt": "0001-01-01T00:00:00Z", "FinishedAt": "0001-01-01T00:00:00Z"}""");
        assertThat(created.startedAt()).isNull();
        assertThat(created.finishedAt()).isNull();
        assertThat(created.exitCode()).isNull();
        assertThat(created.error()).isEqualTo("no such file");
    }

    /** As Podman describes it. */
    @Test
    void theExitCodeOfAContainerWhoseMachineWasRestartedIsUnknown() throws IOException {
        var lost = snapshot("""
                {"Status": "exited", "ExitCode": 0,
                 "StartedAt": "2026-01-02T03:04:05Z", "FinishedAt": "0001-01-01T00:00:00Z"}""");
        assertThat(lost.state()).isEqualTo(ContainerSnapshot.State.EXITED);
        assertThat(lost.exitCode()).isNull();
        assertThat(lost.finishedAt()).isNull();
    }

    @Test
    void aContainerThatWasStartedAgainHasNoEndYet() throws IOException {
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
    void knowsAllOfDockersStates(String status, ContainerSnapshot.State state) throws IOException {
        assertThat(snapshot("{\"Status\": \"" + status + "\", \"ExitCode\": 0}").state())
                .isEqualTo(state);
    }

    @Test
    void whatAContainerIsLikeAsAWhole() throws IOException {
        var whole = answer(WHOLE);
        assertThat(whole.stopSignal()).isEqualTo("SIGINT");
        assertThat(whole.isPaused()).isFalse();
        assertThat(whole.snapshot().networks()).containsExactly("jobs");
        assertThat(whole.snapshot().labels()).containsExactly(Map.entry("longshore.dev/job", "b"));
    }

    /** Each field and each of its parents in turn, and everything else is as it was. */
    @Test
    void anyFieldMayBeAbsentNullOrOfAnotherKind() throws IOException {
        var whole = JSON.readTree(WHOLE);
        for (var field : fields(whole, "")) {
            for (var other : List.of("null", "[null, {\"x\": []}]", "{\"x\": {\"y\": [1]}}", "7", "true", "\"\"")) {
                var answer = answer(with(whole, field, JSON.readTree(other)));
                if (answer.isReadable()) {
                    assertThat(answer.snapshot().id())
                            .as(field + " is " + other)
                            .isEqualTo("c1");
                }
            }
            var without = answer(with(whole, field, null));
            assertThat(without.isReadable())
                    .as("without " + field)
                    .isEqualTo(!List.of("/Id", "/State", "/State/Status").contains(field));
        }
    }

    private static List<String> fields(JsonNode node, String path) {
        var fields = new ArrayList<String>();
        node.properties().forEach(field -> {
            var name = path + "/" + field.getKey().replace("/", "~1");
            fields.add(name);
            fields.addAll(fields(field.getValue(), name));
        });
        return fields;
    }

    private static String with(JsonNode whole, String field, JsonNode value) {
        var copy = whole.deepCopy();
        var parent = (ObjectNode) copy.at(field.substring(0, field.lastIndexOf('/')));
        var name = field.substring(field.lastIndexOf('/') + 1).replace("~1", "/");
        if (value == null) {
            parent.remove(name);
        } else {
            parent.set(name, value);
        }
        return copy.toString();
    }

    @Test
    void entriesOfAListThatCannotBeReadAreLeftOutAndCounted() throws IOException {
        var listed = list("""
                [{"Id": "nameless", "Names": null, "State": "dead", "Labels": {"a": "b"}},
                 {"Id": "of-others", "State": "dead", "Labels": null},
                 {"Id": "c1", "Names": ["/one", "/other"], "Image": "busybox", "ImageID": "sha256:1", "State": "running",
                  "Labels": {"a": "b"}},
                 {"Names": ["/without-an-id"], "State": "running"}, {"Id": "stateless", "Names": ["/x"]},
                 null, 7, "text", [[{}]]]""");
        assertThat(listed.containers()).extracting(ContainerSnapshot::id).containsExactly("nameless", "c1");
        assertThat(listed.containers()).extracting(ContainerSnapshot::name).containsExactly("", "one");
        assertThat(listed.containers()).extracting(ContainerSnapshot::imageId).containsExactly(null, "sha256:1");
        assertThat(listed.unreadable()).isEqualTo(7);
    }

    @Test
    void aLongHonestListIsRead() throws IOException {
        var entry =
                "{\"Id\": \"%s\", \"Names\": [\"/x\"], \"State\": \"exited\", \"Mounts\": [%s], \"Labels\": {\"a\": \"b\", \"longshore.dev/job\": \"%s\"}}"
                        .formatted("c".repeat(64), "{\"Type\": \"bind\"},".repeat(20) + "{}", "v".repeat(1_000));
        assertThat(list("[" + (entry + ",").repeat(9_999) + entry + "]").containers())
                .hasSize(10_000);
    }

    @Test
    void moreThanIsKeptOfAContainerIsRefused() {
        var many = IntStream.range(0, 1_000)
                .mapToObj(n -> "\"label-" + n + "\": \"\"")
                .collect(Collectors.joining(", "));
        assertThatThrownBy(() -> answer("{\"Config\": {\"Env\": [\"" + "x".repeat(10_001) + "\"]}}"))
                .isInstanceOf(AnswerTooLongException.class)
                .hasMessageContaining("container exceeds the limit of 10000 bytes");
        assertThatThrownBy(() -> answer("{\"NetworkSettings\": {\"Networks\": {" + many + "}}}"))
                .isInstanceOf(AnswerTooLongException.class);
    }

    @Test
    void labelsOfOthersAreSkippedHoweverManyAndLongTheyAre() throws IOException {
        var foreign = "\"%s\": \"\", \"v\": \"%s\", \"longshore.dev/x\": \"%s\""
                .formatted("k".repeat(9 << 20), "v".repeat(9 << 20), "w".repeat(20_000));
        var own = "\"longshore.dev/job\": \"one\", \"longshore.dev/job-uid\": \"u1\"";
        var container = answer("""
                {"Id": "c1", "State": {"Status": "exited"}, "Config": {"Labels": {%s, %s}}}""".formatted(foreign, own));
        assertThat(container.snapshot().labels())
                .containsOnly(Map.entry("longshore.dev/job", "one"), Map.entry("longshore.dev/job-uid", "u1"));
        var listed = list("""
                [{"Id": "c1", "State": "exited", "Command": "%s", "Labels": {%s, %s, "a": "b"}}]""".formatted("c".repeat(5 << 20), foreign, own));
        assertThat(listed.containers().get(0).labels())
                .containsOnlyKeys("a", "longshore.dev/job", "longshore.dev/job-uid");
    }

    @Test
    void whatIsLongOfManyContainersIsNotKept() throws IOException {
        var entry = """
                {"Id": "c", "State": "exited", "Image": "%s", "Labels": {"a": "b", "longshore.dev/secret-env": "%s"},
                 "Config": {"Env": ["%s"]}, "NetworkSettings": {"Networks": {"%s": null}}}""".formatted("i".repeat(50_000), "s".repeat(50_000), "e".repeat(50_000), "n".repeat(50_000));
        var listed = list("[" + (entry + ",").repeat(399) + entry + "]").containers();
        assertThat(listed).hasSize(400);
        // That it has secrets is not forgotten.
        assertThat(listed.get(0).labels()).containsEntry("longshore.dev/secret-env", "");
    }

    @Test
    void onlyWhatWasAskedForIsKeptAndNoIdOrNameWithoutAnEnd() throws IOException {
        var listed = list("""
                [{"Id": "of-others", "State": "dead", "Labels": {"a": "c"}},
                 {"Id": "%s", "State": "dead", "Labels": {"a": "b"}},
                 {"Id": "c1", "Names": ["/%s"], "State": "dead", "Labels": {"a": "b"}}]""".formatted("c".repeat(129), "n".repeat(257)));
        assertThat(listed.containers()).isEmpty();
        assertThat(listed.unreadable()).isEqualTo(3);
    }
}
