package dev.longshore.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("image", "imagePullPolicy", "init", "user", "usage");

    @Test
    void aFewWrongLettersAreForgiven() {
        assertThat(Nearest.to("imgae", KNOWN)).contains("image");
        assertThat(Nearest.to("imge", KNOWN)).contains("image");
        assertThat(Nearest.to("imagepullpolicies", KNOWN)).contains("imagePullPolicy");
        assertThat(Nearest.to("usr", KNOWN)).contains("user");
    }

    @Test
    void somethingElseIsNotSuggested() {
        assertThat(Nearest.to("command", KNOWN)).isEmpty();
        assertThat(Nearest.to("x", KNOWN)).isEmpty();
        assertThat(Nearest.to("image", List.of())).isEmpty();
    }

    @Test
    void itIsPutBehindAMessage() {
        assertThat("unknown" + Nearest.suggestion("Image", KNOWN)).isEqualTo("unknown; did you mean image?");
        assertThat("unknown" + Nearest.suggestion("command", KNOWN)).isEqualTo("unknown");
    }
}
