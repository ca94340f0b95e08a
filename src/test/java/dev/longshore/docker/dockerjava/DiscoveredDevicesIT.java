package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.docker.Endpoint;
import dev.longshore.testing.StandInDaemon;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Docker names devices to those alone who ask in an API version that is newer than that of all other requests. */
class DiscoveredDevicesIT {
    @ParameterizedTest
    @CsvSource({
        "1.51, 1.24, 1.50, vendor.com/gpu=0",
        "1.50, 1.44, 1.50, vendor.com/gpu=0",
        "1.49, 1.24, 1.44,",
        "1.41, 1.12, 1.41,"
    })
    void devicesAreAskedForWhereTheyAreNamed(String newest, String oldest, String requested, String device)
            throws IOException {
        var version = StandInDaemon.version(newest, oldest);
        var info = StandInDaemon.answers(
                "200 OK",
                "application/json",
                "{\"ID\": \"i\", \"ServerVersion\": \"99.0\", \"DiscoveredDevices\": "
                        + (device == null ? "null" : "[{\"Source\": \"cdi\", \"ID\": \"" + device + "\"}]") + "}");
        var other = StandInDaemon.answers("400 Bad Request", "application/json", "{\"message\": \"another version\"}");
        try (var daemon = new StandInDaemon((head, client) -> (head.startsWith("GET /version ")
                                ? version
                                : head.startsWith("GET /v" + requested + "/info ") ? info : other)
                        .to(head, client));
                var engine = new DockerJavaEngineFactory().connect(new Endpoint(daemon.endpoint(), null))) {
            var found = engine.info();
            assertThat(found.version()).isEqualTo("99.0");
            assertThat(found.apiVersion()).isEqualTo(newest.equals("1.41") ? "1.41" : "1.44");
            assertThat(String.join(",", found.devices())).isEqualTo(device == null ? "" : device);
        }
    }
}
