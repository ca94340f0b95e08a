package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.longshore.docker.EngineInfo.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineDialectTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    /** Of Podman 5.8.6, where it says this. */
    private static final String PODMAN = """
            {"Platform": {"Name": "linux/amd64/debian-unknown"}, "Components": [
              {"Name": "Podman Engine", "Version": "5.8.6",
               "Details": {"APIVersion": "5.8.6", "Arch": "amd64", "MinAPIVersion": "4.0.0", "Os": "linux"}},
              {"Name": "Conmon", "Version": "conmon version 2.1.13, commit: unknown"},
              {"Name": "OCI Runtime (crun)", "Version": "crun version 1.28\\ncommit: 54f16ffbefcd"}],
             "Version": "5.8.6", "ApiVersion": "1.44", "MinAPIVersion": "1.24", "Os": "linux", "Arch": "amd64"}
            """;

    /** Of Docker 28.5.2. */
    private static final String DOCKER = """
            {"Platform": {"Name": ""}, "Components": [
              {"Name": "Engine", "Version": "28.5.2+dfsg4", "Details": {"ApiVersion": "1.51", "MinAPIVersion": "1.24"}},
              {"Name": "containerd", "Version": "2.1.9+unknown", "Details": {"GitCommit": ""}},
              {"Name": "runc", "Version": "1.3.6+ds1"}, {"Name": "docker-init", "Version": "0.19.0"}],
             "Version": "28.5.2+dfsg4", "ApiVersion": "1.51", "MinAPIVersion": "1.24", "Os": "linux", "Arch": "amd64"}
            """;

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static EngineDialect of(String version) {
        return EngineDialect.of(json(version));
    }

    @Test
    void aComponentNamesPodman() {
        assertThat(of(PODMAN)).isEqualTo(new EngineDialect(Kind.PODMAN, "5.8.6", false));
        assertThat(of(DOCKER)).isEqualTo(new EngineDialect(Kind.DOCKER, "28.5.2+dfsg4", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"Components\": null}",
                "{\"Components\": {\"Name\": \"Engine\"}}",
                "{\"Components\": [null, 7, {\"Name\": null}, {\"Name\": \"My Podman Engine\"}]}",
                "{\"Platform\": {\"Name\": \"Podman Engine\"}, \"Version\": null}",
            })
    void whateverSaysNothingOfItIsDocker(String version) {
        assertThat(of(version).kind()).isEqualTo(Kind.DOCKER);
        assertThat(of(version).unsupported()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.3.1", "4.9.3", "3.4.4-dev", "4"})
    void aPodmanBeforeFiveIsNotSupported(String version) {
        assertThat(of(PODMAN.replace("5.8.6", version)).unsupported())
                .hasValue("Podman " + version + " is not supported: upgrade to Podman 5 or later");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.0.0", "5.8.6", "6.0.0-rc1", "10.1", "", "main", "99999999999999999999"})
    void fromFiveOnItIs(String version) {
        assertThat(of(PODMAN.replace("5.8.6", version)).unsupported()).isEmpty();
    }

    @Test
    void aVersionWithoutAnEndIsCut() {
        assertThat(of(PODMAN.replace("5.8.6", "4." + "3".repeat(500)))
                        .unsupported()
                        .orElseThrow())
                .hasSizeLessThan(150);
    }

    /** Two answers of the same Podman 5.8.6, one after the other, where they say this. */
    @ParameterizedTest
    @CsvSource({"2a5372a1-61a2-4a5a-9df2-8284d33e4fcd", "faee62a6-d029-429b-aba0-3cb0732b0ce7"})
    void anIdThatPodmanInventsIsNotTaken(String id) {
        var info = """
                {"ID": "%s", "Name": "%s", "DockerRootDir": "/var/lib/containers/storage", "MemTotal": 25276502016}
                """;
        var withMoreMemory = info.replace("25276502016", "50553004032");
        var podman = of(PODMAN).id(json(info.formatted(id, "build-1")));
        assertThat(podman).isEqualTo(of(PODMAN).id(json(withMoreMemory.formatted("another", "build-1"))));
        assertThat(podman).isNotEqualTo(of(PODMAN).id(json(info.formatted(id, "build-2"))));
        assertThat(of(DOCKER).id(json(info.formatted(id, "build-1")))).isEqualTo(id);
    }

    @Test
    void logsOfPodmanAreReadWithoutFollowingFromJustBeforeATime() {
        assertThat(of(PODMAN).followsLogs()).isFalse();
        assertThat(of(PODMAN).logsSince(NOON)).isEqualTo(NOON.minusNanos(1000));
        assertThat(of(DOCKER).followsLogs()).isTrue();
        assertThat(of(DOCKER).logsSince(NOON)).isEqualTo(NOON);
    }
}
