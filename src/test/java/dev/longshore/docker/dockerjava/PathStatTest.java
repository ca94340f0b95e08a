package dev.longshore.docker.dockerjava;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathStatTest {
    private static PathStat stat(String json) {
        var header = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
        return PathStat.of(Map.of("Date", List.of("now"), "X-Docker-Container-Path-Stat", List.of(header)));
    }

    /** As Podman 5.8.6 answers. */
    @Test
    void aLinkIsOneAlthoughItsTargetIsSent() {
        assertThat(stat("{\"name\":\"f\",\"size\":2,\"mode\":134218239,\"isDir\":false,\"linkTarget\":\"/f\"}")
                        .isLink())
                .isTrue();
        assertThat(stat("{\"name\":\"f\",\"size\":2,\"mode\":420,\"isDir\":false,\"linkTarget\":\"/f\"}")
                        .isLink())
                .isFalse();
    }

    @Test
    void ofFilesAndFoldersThereIsSomethingToSend() {
        assertThat(stat("{\"mode\":420}").isFileOrFolder()).isTrue();
        assertThat(stat("{\"mode\":2147484141}").isFileOrFolder()).isTrue();
        // A socket, and what is not known.
        assertThat(stat("{\"mode\":16777709}").isFileOrFolder()).isFalse();
        assertThat(stat("{}").isFileOrFolder()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"mode\": null}", "{\"mode\": {}}", "[1]", "no JSON"})
    void whateverSaysNothingOfALinkIsNone(String json) {
        assertThat(stat(json).isLink()).isFalse();
    }

    @Test
    void neitherIsAnAnswerWithoutIt() {
        assertThat(PathStat.of(Map.of()).isLink()).isFalse();
        assertThat(PathStat.of(Map.of("x-docker-container-path-stat", List.of("%%")))
                        .isLink())
                .isFalse();
    }
}
