package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.longshore.docker.DaemonDetails;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of real daemons, and what is left of them where fields are missing. */
class DetailsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode daemon(String name) {
        try (var answer = DetailsTest.class.getResourceAsStream("/daemons/" + name + ".json")) {
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static DaemonDetails details(JsonNode daemon) {
        return Details.of(daemon.path("version"), daemon.path("info"));
    }

    @Test
    void readsDocker2010() {
        var details = details(daemon("docker-20.10"));
        assertThat(details.oldestApi()).isEqualTo("1.12");
        assertThat(details.newestApi()).isEqualTo("1.41");
        assertThat(details.cgroupVersion()).isEqualTo("1");
        assertThat(details.storageDriver()).isEqualTo("overlay2");
        assertThat(details.containerdStore()).isFalse();
        assertThat(details.logDriver()).isEqualTo("json-file");
        assertThat(details.liveRestore()).isFalse();
        assertThat(details.securityOptions()).containsExactly("seccomp");
        assertThat(details.runtimes()).contains("runc");
        assertThat(details.limitsMemory()).isTrue();
        assertThat(details.time()).isAfter(Instant.parse("2026-11-26T00:00:00Z"));
        assertThat(details.warnings()).isEmpty();
    }

    @Test
    void knowsContainerdsImageStore() {
        var details = details(daemon("docker-28.5-containerd"));
        assertThat(details.oldestApi()).isEqualTo("1.44");
        assertThat(details.containerdStore()).isTrue();
        assertThat(details.storageDriver()).isEqualTo("overlayfs");
    }

    @Test
    void devicesAreBoundedAndInOrder() {
        assertThat(SystemInfo.devices(MissingNode.getInstance())).isEmpty();
        var devices = JSON.createArrayNode().add("x").addNull();
        for (var id : List.of(
                "nvidia.com/gpu=1",
                "nvidia.com/gpu=0",
                "nvidia.com/gpu=1",
                "",
                "a b",
                "x\u001b[31m",
                "x".repeat(257))) {
            devices.addObject().put("Source", "cdi").put("ID", id);
        }
        assertThat(SystemInfo.devices(devices)).containsExactly("nvidia.com/gpu=0", "nvidia.com/gpu=1");
        for (var number = 0; number < 100; number++) {
            devices.addObject().put("ID", "vendor.com/gpu=" + number);
        }
        assertThat(SystemInfo.devices(devices)).hasSize(64);
    }

    @Test
    void readsPodman() {
        var details = details(daemon("podman-5.8"));
        assertThat(details.storageDriver()).isEqualTo("overlay");
        assertThat(details.logDriver()).isEmpty();
        assertThat(details.runtimes()).contains("crun");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-20.10", "docker-28.5-containerd", "podman-5.8"})
    void everyFieldMayBeMissingOrOfAnotherKind(String name) throws IOException {
        var kinds = List.<JsonNode>of(
                JSON.readTree("null"),
                JSON.readTree("7"),
                JSON.readTree("\"x\""),
                JSON.readTree("[[], {}, 1]"),
                JSON.readTree("{\"a\": []}"));
        for (var part : List.of("version", "info")) {
            var fields = daemon(name).path(part).fieldNames();
            while (fields.hasNext()) {
                var field = fields.next();
                var without = daemon(name);
                ((ObjectNode) without.path(part)).remove(field);
                assertThat(details(without)).isNotNull();
                for (var kind : kinds) {
                    var changed = daemon(name);
                    ((ObjectNode) changed.path(part)).set(field, kind);
                    assertThat(details(changed)).isNotNull();
                }
            }
        }
        assertThat(Details.of(MissingNode.getInstance(), MissingNode.getInstance())
                        .liveRestore())
                .isNull();
    }

    @Test
    void whatIsEndlessIsCut() {
        var info = JSON.createObjectNode();
        info.put("OperatingSystem", "x".repeat(10_000));
        var warnings = info.putArray("Warnings");
        var runtimes = info.putObject("Runtimes");
        for (var n = 0; n < 1000; n++) {
            warnings.add("w".repeat(1000));
            runtimes.putObject("runtime" + n);
        }
        var details = Details.of(MissingNode.getInstance(), info);
        assertThat(details.operatingSystem()).hasSizeLessThan(300);
        assertThat(details.warnings()).hasSize(50).allMatch(warning -> warning.length() <= 500);
        assertThat(details.runtimes()).hasSize(50);
    }
}
