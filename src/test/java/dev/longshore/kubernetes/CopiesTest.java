package dev.longshore.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.longshore.api.DockerHost;
import dev.longshore.api.DockerHostSpecBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopiesTest {
    private final Copies copies = new Copies();

    @Test
    void whatHappensToACopyDoesNotHappenToTheOriginal() {
        var host = new DockerHost();
        host.setMetadata(new ObjectMetaBuilder()
                .withName("host")
                .withFinalizers(List.of("other"))
                .build());
        host.setSpec(DockerHostSpecBuilder.builder()
                .endpoint("unix:///var/run/docker.sock")
                .build());
        var copy = copies.clone(host);
        assertThat(copy).isEqualTo(host);
        copy.addFinalizer("example.com/mine");
        copy.getMetadata().setResourceVersion("2");
        assertThat(host.getMetadata().getFinalizers()).containsExactly("other");
        assertThat(host.getMetadata().getResourceVersion()).isNull();
        assertThat(copy.getSpec()).isSameAs(host.getSpec());
    }

    @Test
    void othersThanOurOwnAreNotCopied() {
        assertThatIllegalArgumentException().isThrownBy(() -> copies.clone(new Secret()));
    }
}
