package dev.longshore.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.longshore.api.DockerHost;
import dev.longshore.api.EventSink;
import dev.longshore.testing.ApiServer;
import dev.longshore.testing.NeedsApiServer;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An API server takes no note of more than 1,024 bytes, and no name that is none. */
@NeedsApiServer
class KubernetesEventsIT {
    @ParameterizedTest
    @ValueSource(strings = {"x", "ü", "語", "🚢", "a🚢"})
    void aLongMessageIsStoredAsFarAsItFits(String character, ApiServer server) {
        var message = character.repeat(2000);
        var note = stored(server, "host", message);
        assertThat(message).startsWith(note);
        assertThat(note.getBytes(UTF_8).length).isBetween(1020, 1024);
    }

    @Test
    void halfACharacterIsNoReasonToLoseIt(ApiServer server) {
        assertThat(stored(server, "host", "broken: \ud83d")).isEqualTo("broken: ?");
    }

    @Test
    void aNameThatIsCutIsStillOne(ApiServer server) {
        assertThat(stored(server, "a".repeat(198) + ".b-" + "c".repeat(40), "cut"))
                .isEqualTo("cut");
    }

    private static String stored(ApiServer server, String name, String message) {
        var host = new DockerHost();
        host.setMetadata(new ObjectMetaBuilder()
                .withNamespace(server.namespace())
                .withName(name)
                .withUid("uid")
                .build());
        var events = server.client()
                .events()
                .v1()
                .events()
                .inNamespace(host.getMetadata().getNamespace());
        try (var sink = new KubernetesEvents(server.client(), "test", () -> false)) {
            sink.record(host, EventSink.Type.WARNING, "Unreachable", message);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> !events.list().getItems().isEmpty());
        }
        return events.list().getItems().get(0).getNote();
    }
}
