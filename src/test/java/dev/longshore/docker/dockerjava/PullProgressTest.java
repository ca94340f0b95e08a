package dev.longshore.docker.dockerjava;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** What counts as progress of a pull. */
class PullProgressTest {
    private final PullProgress progress = new PullProgress();

    private boolean isProgress(String id, String status, int current) throws JsonProcessingException {
        return progress.isNew(item(id, status, current));
    }

    private static JsonNode item(String id, String status, int current) throws JsonProcessingException {
        return new ObjectMapper()
                .readTree("{\"id\":\"%s\",\"status\":\"%s\",\"progressDetail\":{\"current\":%d,\"total\":9}}"
                        .formatted(id, status, current));
    }

    @Test
    void oneByteMoreIsProgressAndTheSameOfEachLayerInTurnIsNot() throws Exception {
        assertThat(isProgress("a", "Downloading", 1)).isTrue();
        assertThat(isProgress("b", "Downloading", 1)).isTrue();
        assertThat(isProgress("a", "Downloading", 1)).isFalse();
        assertThat(isProgress("b", "Downloading", 1)).isFalse();
        assertThat(isProgress("a", "Downloading", 2)).isTrue();
        assertThat(isProgress("b", "Download complete", 1)).isTrue();
    }

    @Test
    void itIsTheDaemonsTurnOnceNoLayerIsToCome() throws Exception {
        assertThat(progress.isDownloaded()).isFalse();
        isProgress("stable", "Pulling from library/busybox", 0);
        assertThat(progress.isDownloaded()).isFalse();
        isProgress("a", "Already exists", 0);
        isProgress("b", "Pulling fs layer", 0);
        isProgress("b", "Downloading", 5);
        assertThat(progress.isDownloaded()).isFalse();
        isProgress("b", "Verifying Checksum", 0);
        assertThat(progress.isDownloaded()).isTrue();
        isProgress("b", "Retrying in 5 seconds", 0);
        assertThat(progress.isDownloaded()).isFalse();
        isProgress("b", "Extracting", 3);
        assertThat(progress.isDownloaded()).isTrue();
    }

    @Test
    void layersWithoutEndTakeNoMemoryWithoutEnd() throws Exception {
        for (var layer = 0; layer < 5_000; layer++) {
            assertThat(isProgress("layer" + layer, "Waiting", 0)).isTrue();
        }
        assertThat(isProgress("layer0", "Waiting", 0)).isFalse();
        assertThat(isProgress("layer4999", "Waiting", 0)).isTrue();
    }
}
